"""The flow of people between companies: bands, and the same as a table with shades."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from talent import flows
from talent.models import Company
from talent.pictures.flows import heat, sankey
from talent.pictures.tables import Picture
from talent.views.naming import names_of
from talent.views.pictures.answers import PictureView, files_of
from talent.views.pictures.asked import FlowsForm, flows_asked, moves_between, window_words
from talent.views.pictures.remembered import matrix_known_on
from talent.views.pictures.shades import shaded

TOP = 8


class FlowPicture(PictureView):
    """Bands on a page with their table, or as a file. Two queries; as known on a day, six."""

    form = FlowsForm
    template = "pictures/flows.html"

    def page(self, request: HttpRequest, ending: str) -> str:
        return reverse("flows")

    def picture(self, subject: Any, form: Any, **where: Any) -> Picture | None:
        chosen = {side: _companies(form, side) for side in ("from", "to")}
        if form.errors:
            return None
        asked = flows_asked(form.cleaned_data)
        top = form.cleaned_data["top"] or TOP
        ends: dict[str, Any] = {"origins": chosen["from"], "destinations": chosen["to"], "top": top}
        known = None
        if day := form.cleaned_data["as_of"]:
            self.matrix, known = matrix_known_on(day, asked, **ends)
        else:
            self.matrix = flows.matrix(asked, **ends)
        self.address = partial(moves_between, asked)
        draw = heat if where.get("name") == "matrix" else sankey
        picture = draw(self.matrix, self.address, window=window_words(form))
        return known.said_of(picture) if known else picture

    def beside(self, subject: Any, form: Any, **where: Any) -> dict[str, Any]:
        named = names_of(self.request.GET).companies
        if form.errors:
            return {"shades": None, "matrix_files": [], "named": named}
        path = f"{self.request.path}matrix/"
        return {
            "named": named,
            "files": files_of(self.request, f"{self.request.path}sankey/"),
            "shades": shaded(self.matrix, self.address),
            "matrix_files": files_of(self.request, path)[:2],
        }


def _companies(form: Any, side: str) -> list[Company]:
    """The companies of these addresses, or the ones they are part of by now; an error for what is none."""
    slugs = list(dict.fromkeys(form.cleaned_data[side]))
    if not slugs:
        return []
    rows = {each.slug: each for each in Company.objects.filter(slug__in=slugs).select_related("merged_into")}
    found = {slug: rows[slug].merged_into or rows[slug] for slug in slugs if slug in rows}
    shown = {each.pk for each in Company.objects.visible().filter(pk__in=[each.pk for each in found.values()])}
    for slug in slugs:
        if slug not in found or found[slug].pk not in shown:
            form.add_error(side, _("There is no company “%(name)s” here.") % {"name": slug})
    return [each for each in dict.fromkeys(found.values()) if each.pk in shown]
