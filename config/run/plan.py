"""What a run needs to know from the settings, and how it speaks."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from config.services import ServiceError


@dataclass(frozen=True)
class Plan:
    """Folders, addresses, and which servers the machine must provide itself."""

    base_dir: Path
    var_dir: Path
    bind: str
    port: int
    database_url: str
    embedded_database: bool
    embedded_broker: bool
    # The process whose death ends the run, where there is one.
    parent: int | None = None

    @classmethod
    def from_settings(cls, *, parent: int | None) -> Plan:
        """Read the settings. Raises ServiceError with a sentence for the operator."""
        from django.core.exceptions import ImproperlyConfigured
        from environs import EnvError

        try:
            from config import settings
        except (ImproperlyConfigured, EnvError) as error:
            raise ServiceError(str(error)) from error
        return cls(
            base_dir=settings.BASE_DIR,
            var_dir=settings.VAR_DIR,
            bind=settings.BIND,
            port=_port(settings.PORT),
            database_url=settings.DATABASE_URL,
            embedded_database=settings.EMBEDDED_DATABASE,
            embedded_broker=settings.EMBEDDED_BROKER,
            parent=parent,
        )

    @property
    def url(self) -> str:
        """The address a reader types."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.bind, self.bind)  # noqa: S104 -- compared, not bound
        return f"http://{f'[{host}]' if ':' in host and host[0] != '[' else host}:{self.port}/"

    def env(self) -> dict[str, str]:
        """The environment of everything that is started."""
        return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise ServiceError(f"PORT must be a number from 1 to 65535, and {text!r} is none: make run PORT=8001.")


def stamp_of(folder: Path, *salts: str) -> str:
    """A digest of every file's name and bytes in a folder."""
    digest = hashlib.sha256("\0".join(salts).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


def say(sentence: str) -> None:
    """Tell the person at the terminal; one who has left is no reason to fail."""
    try:
        print(sentence, flush=True)  # noqa: T201 -- a command line
    except OSError:
        pass
