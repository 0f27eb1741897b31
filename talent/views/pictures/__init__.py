"""Pictures as pages with their tables, and as files."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from talent.views.answers import addressed
from talent.views.pictures.answers import PictureView
from talent.views.pictures.companies import CompanyPicture, company_pictures
from talent.views.pictures.flows import FlowPicture
from talent.views.pictures.groups import GroupPicture
from talent.views.pictures.pay import PayPicture
from talent.views.pictures.people import PersonTimeline

# How the address of a picture's file ends.
_ENDING = r"(?P<ending>svg|png|csv)"


def _addresses(view: type[PictureView], page: str, file: str, name: str) -> list[URLPattern]:
    """A picture's page, its files, and the page's form for other sites, which is found by its name."""
    return [
        path(page, addressed(view.as_view()), name=name),
        re_path(rf"^{file}\.{_ENDING}$", addressed(view.as_view()), name=f"{name}-file"),
        path(f"{page}embed/", addressed(view.as_view(embedded=True)), name=f"{name}-embed"),
    ]


_COMPANY = r"companies/(?P<slug>[-\w]+)/pictures/(?P<name>[-\w]+)"
urlpatterns: list[URLPattern] = [
    path("companies/<slug:slug>/pictures/", addressed(company_pictures), name="company-pictures"),
    *_addresses(CompanyPicture, "companies/<slug:slug>/pictures/<slug:name>/", _COMPANY, "company-picture"),
    *_addresses(PersonTimeline, "people/<slug:slug>/timeline/", r"people/(?P<slug>[-\w]+)/timeline", "timeline"),
    *_addresses(
        GroupPicture, "moves/<slug:public_id>/picture/", r"moves/(?P<public_id>[-\w]+)/picture", "group-picture"
    ),
    *_addresses(PayPicture, "compensation/picture/", r"compensation/picture", "pay-picture"),
    *_addresses(FlowPicture, "flows/", r"flows/(?P<name>sankey|matrix)", "flows"),
]
