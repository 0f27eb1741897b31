"""What can be cited of a fact: its own page at its revision first, then the article of each claim under it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from talent import citations
from talent.citations import Item
from talent.templatetags.addresses import original, web_address
from talent.templatetags.names import is_nameless, outlet
from talent.templatetags.wording import sentence

# As on the fact's page: nobody reads more footnotes.
MAX_CLAIMS = 200


def items_of(fact: Any, site: str) -> list[Item]:
    """The items of a fact read with ``for_list``; ``site`` is the scheme and host of this site. Two queries."""
    return [page_of(fact, site), *(item_of(claim, site) for claim in fact.claims.as_evidence()[:MAX_CLAIMS])]


def page_of(fact: Any, site: str) -> Item:
    """The fact's own page, as retrieved today."""
    return citations.of_fact(
        fact,
        title=strip_tags(sentence(fact)),
        address=f"{site}{fact.get_absolute_url()}",
        site=settings.SITE_NAME,
        accessed=timezone.now().date(),
    )


def item_of(claim: Any, site: str) -> Item:
    """The article of a claim: by its own address where it has one, with the link to the quoted words beside."""
    place = f"{site}{claim.article.get_absolute_url()}"
    return citations.of_claim(
        claim,
        address=web_address(claim.article) or place,
        outlet="" if is_nameless(claim.article.source) else outlet(claim.article.source),
        words=original(claim) or f"{place}#claim-{claim.public_id}",
        here=f"{site}{reverse('claim', args=[claim.public_id])}",
    )
