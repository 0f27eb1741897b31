"""The Model Context Protocol server, asked by the protocol's own client."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from ledger_client.api import Ledger
from ledger_client.server import build
from mcp import Client


def call(ledger: Ledger, tool: str, **arguments: Any) -> Any:
    async def ask() -> Any:
        async with Client(build(ledger)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


def answer(ledger: Ledger, tool: str, **arguments: Any) -> Any:
    found = call(ledger, tool, **arguments)
    assert not found.is_error, found
    content = found.structured_content
    return content["result"] if set(content) == {"result"} else content


# The server works in a thread of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def test_it_offers_reading_and_nothing_else(ledger: Ledger) -> None:
    async def ask() -> Any:
        async with Client(build(ledger)) as client:
            return await client.list_tools()

    tools = asyncio.run(ask()).tools
    assert {tool.name for tool in tools} == {"search", "facts", "fact", "citation", "changes"}
    assert all(tool.description for tool in tools)


def test_it_finds_and_lists(ledger: Ledger, world: Any) -> None:
    assert answer(ledger, "search", words="lantern")[0]["id"] == "companies/lanternlight"
    (move,) = answer(ledger, "facts", noun="moves", destination="Lanternlight")
    assert (move["person"]["name"], move["status"]) == ("Ada Quill", "reported")
    assert move["quote"]


def test_it_cites_and_follows(ledger: Ledger, world: Any) -> None:
    assert "Talent Ledger" in answer(ledger, "citation", noun="moves", identifier=world.move.public_id)["text"]
    assert answer(ledger, "changes")["caught_up"]
    assert answer(ledger, "fact", noun="moves", identifier=world.move.public_id)["evidence"]


def test_a_mistake_is_told_in_words(ledger: Ledger, world: Any) -> None:
    found = call(ledger, "facts", noun="moves", person="Wei Han")
    assert found.is_error
    assert "wei-han-1" in json.dumps([block.model_dump() for block in found.content])
