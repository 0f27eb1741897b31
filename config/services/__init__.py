"""The embedded PostgreSQL and broker of a machine that has none; `python -m config.services start|stop|status`."""

from __future__ import annotations

from pathlib import Path

from config.services.postgres import Postgres
from config.services.server import Server, ServiceError, explain
from config.services.valkey import Valkey

__all__ = ["Postgres", "Server", "ServiceError", "Valkey", "database_url", "explain", "redis_url", "start", "stop"]


def database_url(var_dir: Path) -> str:
    """The address of the embedded PostgreSQL that lives in `var_dir`; nothing is started."""
    return Postgres(var_dir / "postgres").url()


def redis_url(var_dir: Path) -> str:
    """The address of the embedded broker that lives in `var_dir`; nothing is started."""
    return Valkey(var_dir / "valkey").url()


def start(var_dir: Path, *, throwaway: bool = False) -> list[Server]:
    """Start both servers; a throw-away pair gives up durability for speed. Raises ServiceError."""
    servers: list[Server] = [Postgres(var_dir / "postgres", throwaway=throwaway), Valkey(var_dir / "valkey")]
    for server in servers:
        server.start()
    return servers


def stop(var_dir: Path) -> None:
    """Stop both servers where they run."""
    Valkey(var_dir / "valkey").stop()
    Postgres(var_dir / "postgres").stop()
