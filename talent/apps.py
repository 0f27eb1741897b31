"""The knowledge base as a Django application."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class TalentConfig(AppConfig):
    name = "talent"
    verbose_name = "Talent Ledger"

    def ready(self) -> None:
        """Every connection tells the history who writes; a second factor that is set up counts as shown."""
        from talent.history.telling import install
        from talent.membership import gate

        connection_created.connect(lambda connection, **kwargs: install(connection), weak=False, dispatch_uid="teller")
        gate.install()
