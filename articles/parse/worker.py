"""The process that reads other people's bytes: requests on standard input, an answer a line on standard output.

Started by ``articles.parse.sandbox``; ends itself when a document takes too long, and when its parent is gone.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import fields
from datetime import datetime
from typing import Any, BinaryIO

from articles.exceptions import IntakeError
from articles.parse.document import parse
from articles.parse.result import ParsedArticle


def main() -> None:
    """Answers requests until the input ends. Arguments: memory in bytes, seconds for one document."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        # macOS knows no such limit; the time limit stands.
        pass
    requests = sys.stdin.buffer
    # Whatever a library prints must not become an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _say(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        body = requests.read(request.pop("size"))
        # The default action of this signal ends the process even inside C code.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _answer(body, request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _say(answers, answer)


def _say(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _answer(body: bytes, request: dict[str, Any]) -> dict[str, Any]:
    latest = datetime.fromisoformat(request["retrieved_at"]) if request["retrieved_at"] else None
    try:
        parsed = parse(body, request["content_type"], request["address"], retrieved_at=latest)
    except IntakeError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        return {"error": "ParserStopped", "message": "Reading the page took more memory than a page may take."}
    except RecursionError:
        return {"error": "TooLarge", "message": "The elements of the page are nested too deep."}
    except Exception as error:
        # A bug of a parser is a fact about this document: it is told, and the process goes on.
        return {"error": "", "message": f"{type(error).__name__}: {error}"}
    return {"parsed": {field.name: _plain(getattr(parsed, field.name)) for field in fields(ParsedArticle)}}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


if __name__ == "__main__":
    main()
