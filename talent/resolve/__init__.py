"""From a mention to an entity: which company a name means, and which claims speak of one person.

Companies are known by name. People are not: a name joins two mentions only together with a shared employer, people
named beside it or a second name in another script, or by an editor's judgement; a near name needs more. The outcome
depends on the set of claims and judgements, never on the order in which they came.
"""

from talent.resolve.companies import (
    Directory,
    ask_about,
    company_key,
    directory,
    directory_of,
    resolve_companies,
    show_joined,
    slug_for,
    stem,
)
from talent.resolve.identifiers import ID_LENGTH, is_wikidata, public_id
from talent.resolve.mentions import (
    JOIN_AT,
    SAME_MOVE_DAYS,
    Mention,
    Surroundings,
    claim_order,
    effective_date,
    surroundings,
    written_forms,
)
from talent.resolve.names import candidate_keys, likeness
from talent.resolve.people import ask_about_people, claims_about, group_people, verdicts_on

__all__ = [
    "ID_LENGTH",
    "JOIN_AT",
    "SAME_MOVE_DAYS",
    "Directory",
    "Mention",
    "Surroundings",
    "ask_about",
    "ask_about_people",
    "candidate_keys",
    "claim_order",
    "claims_about",
    "company_key",
    "directory",
    "directory_of",
    "effective_date",
    "group_people",
    "is_wikidata",
    "likeness",
    "public_id",
    "resolve_companies",
    "show_joined",
    "slug_for",
    "stem",
    "surroundings",
    "verdicts_on",
    "written_forms",
]
