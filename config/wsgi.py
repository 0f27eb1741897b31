"""The face for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from config import tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Before the site is loaded: requests are traced by a middleware that is put in here.
tracing.begin()
_django = get_wsgi_application()

# Behind Django: it needs the settings, and all that they name.
from config.front import Front  # noqa: E402
from talent.hot import kept  # noqa: E402

kept.keep()
application = Front(_django)
