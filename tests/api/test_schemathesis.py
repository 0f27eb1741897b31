"""Schemathesis walks the whole OpenAPI document: whatever is asked, the answer is one that the document promises."""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode

# More cases where somebody has the time: SCHEMATHESIS_CASES=1000.
CASES = int(os.environ.get("SCHEMATHESIS_CASES", "12"))
schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())


@pytest.fixture(autouse=True)
def _one_connection():
    """A request leaves the test's connection, in whose transaction the rows are, open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_no_answer_is_undocumented(case, world):
    # Cursors come from answers: a made-up one is rightly refused, and has tests of its own.
    if case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE:
        for name in ("cursor", "after") if "events" in case.path else ("cursor",):
            case.query.pop(name, None)
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
