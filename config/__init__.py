"""Wiring only: settings, services, addresses, and the faces for web server and worker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
