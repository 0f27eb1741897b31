"""Every address of the site, by the room that answers it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/", include("talent.api.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(path("", include("talent.urls")), prefix_default_language=False),
]
