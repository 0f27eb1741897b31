"""What a reader wants of each record: some of its fields only, and references opened into whole records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from talent.api.problems import InvalidParameters
from talent.serializers.base import Row, RowSerializer
from talent.serializers.relations import Relation, expand, relations_of

FIELDS, EXPAND = "fields", "expand"
# Records with some of their fields only, so not in the documented shape: a media type of their own says so.
PARTIAL = "application/vnd.talent-ledger.partial+json"


@dataclass(frozen=True, slots=True)
class Shape:
    """Fields to leave in (none named: all), and references to open."""

    fields: tuple[str, ...]
    relations: tuple[Relation, ...]

    def apply(self, records: Sequence[Row], site: str) -> list[Row]:
        """The records in this shape."""
        expand(records, self.relations, site)
        if not self.fields:
            return list(records)
        return [{name: record[name] for name in self.fields} for record in records]

    @property
    def partial(self) -> bool:
        """Whether fields are left out."""
        return bool(self.fields)


def shape_of(request: Request, serializer: type[RowSerializer]) -> Shape:
    """The shape that the request asks for; InvalidParameters names what there is where it asks for what is not."""
    known, relations = serializer().get_fields(), relations_of(serializer)
    fields, opened = _listed(request, FIELDS), _listed(request, EXPAND)
    errors = [(FIELDS, f"There is no field “{n[:60]}”, only: {', '.join(known)}.") for n in fields if n not in known]
    errors += [(n, "Name at least one, or leave the parameter out.") for n in _empty(request)]
    there = f"only: {', '.join(relations)}" if relations else "and none can be opened here"
    errors += [(EXPAND, f"No reference “{n[:60]}” can be opened, {there}.") for n in opened if n not in relations]
    if errors:
        raise InvalidParameters(*errors[:5])
    kept = tuple(dict.fromkeys([*fields, *({n.partition(".")[0] for n in opened} if fields else ())]))
    return Shape(kept, tuple(relations[name] for name in opened))


def _listed(request: Request, name: str) -> list[str]:
    """The names in a parameter, separated by commas; it may also be given several times."""
    values = ",".join(request.query_params.getlist(name)).split(",")
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def _empty(request: Request) -> list[str]:
    """Parameters that are there and name nothing."""
    return [name for name in (FIELDS, EXPAND) if name in request.query_params and not _listed(request, name)]


def without_shape(parameters: QueryDict) -> QueryDict:
    """The parameters that choose records, without those that shape them."""
    rest = parameters.copy()
    for name in (FIELDS, EXPAND):
        rest.pop(name, None)
    return rest


def shape_parameters(serializer: type[RowSerializer]) -> list[OpenApiParameter]:
    """What the OpenAPI document says of both."""
    names = list(serializer().get_fields())
    found = [_parameter(FIELDS, names, "fields to leave in; the answer then has a media type of its own")]
    if relations := list(relations_of(serializer)):
        found.append(_parameter(EXPAND, relations, "references to open into whole records"))
    return found


def _parameter(name: str, values: list[str], about: str) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", "enum": values}, "minItems": 1}
    return OpenApiParameter(name, schema, style="form", explode=False, description=f"{about}, separated by commas")
