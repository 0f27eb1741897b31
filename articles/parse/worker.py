"""The process that reads other people's bytes: requests on standard input, an answer a line on standard output.

Started by ``articles.parse.sandbox``; ends itself when a document takes too long, and when its parent is gone.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, BinaryIO

from articles.exceptions import IntakeError
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
    _go_first()
    requests = sys.stdin.buffer
    # Whatever a library prints must not become an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _say(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        body = requests.read(request["size"])
        # The default action of this signal ends the process even inside C code.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _answer(request["work"], body, request["words"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        _say(answers, answer)


def _go_first() -> None:
    """Where memory runs out, the kernel ends this process before the one that works for others."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")


def _say(answers: BinaryIO, answer: dict[str, Any]) -> None:
    # Escaped, a Chinese text would be twice as long.
    answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    answers.flush()


def _answer(work: str, body: bytes, words: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": _WORKS[work](body, **words)}
    except IntakeError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        return {"error": "ParserStopped", "message": "Reading the document took more memory than one may take."}
    except RecursionError:
        return {"error": "TooLarge", "message": "The parts of the document are nested too deep."}
    except Exception as error:
        # A bug of a parser is a fact about this document: it is told, and the process goes on.
        return {"error": "", "message": f"{type(error).__name__}: {error}"}


def _load() -> Callable[..., ParsedArticle]:
    """The parsers without a guesser of languages, and numpy behind it, which trafilatura takes along where it finds it
    and is never asked for; 20 MB. ``articles.parse.language`` loads it where a text is in neither language."""
    guesser = "py3langid"
    sys.modules.setdefault(guesser, None)  # type: ignore[arg-type]  # what Python notes for a module that is not there
    from articles.parse.document import parse

    if sys.modules[guesser] is None:
        del sys.modules[guesser]
    return parse


parse = _load()


def _parse(body: bytes, *, content_type: str, address: str, retrieved_at: str) -> dict[str, Any]:
    latest = datetime.fromisoformat(retrieved_at) if retrieved_at else None
    parsed = parse(body, content_type, address, retrieved_at=latest)
    return {field.name: _plain(getattr(parsed, field.name)) for field in fields(ParsedArticle)}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _discover(body: bytes, *, content_type: str, address: str, latest: str) -> dict[str, Any]:
    from articles.feeds import discover

    found = asdict(discover(body, content_type, address, latest=datetime.fromisoformat(latest)))
    for each in (*found["entries"], *found["maps"]):
        for name in ("published", "modified"):
            each[name] = _plain(each[name])
    return found


def _judge_robots(body: bytes, *, agent: str, address: str) -> dict[str, Any]:
    from articles.robots import judge

    return asdict(judge(body.decode("utf-8", "replace"), agent=agent, address=address))


def _clean_letters(body: bytes) -> dict[str, Any]:
    from articles.parse.letters import cleaned

    clean = cleaned(body)
    return {"body": base64.b64encode(clean.body).decode(), "letters": clean.letters, "refused": clean.refused}


_WORKS: dict[str, Callable[..., Any]] = {
    "parse": _parse,
    "discover": _discover,
    "robots": _judge_robots,
    "clean_letters": _clean_letters,
}


if __name__ == "__main__":
    main()
