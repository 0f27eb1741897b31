"""The roof as a Django application: it only registers the system checks."""

from django.apps import AppConfig


class RoofConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Let Django know the checks."""
        from config import checks

        assert checks  # importing registers
