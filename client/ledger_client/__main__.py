"""``python -m ledger_client`` is the command ``talent``."""

from ledger_client.cli import app

app()
