"""Every address of the site, by the room that answers it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from talent import urls as pages
from talent.api import urls as api

admin.autodiscover()

# What ``config.front`` answers before Django is asked.
short_ways = [*api.short_ways, *pages.short_ways]

urlpatterns = [
    path("api/", include("talent.api.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(path("", include("talent.urls")), prefix_default_language=False),
]
