"""The face for an ASGI server."""

import os

from django.core.asgi import get_asgi_application

from config import tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Before the site is loaded: requests are traced by a middleware that is put in here.
tracing.begin()
application = get_asgi_application()
