"""What a site's robots.txt allows, by RFC 9309. Pure; text in, verdict out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

# What must be read at least; what lies behind it is not.
MAX_BYTES = 512_000
_RULE = re.compile(r"^\s*dis{1,2}al{1,2}ow\s*:\s*([^#\s]+)", re.I | re.M)
MAX_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the address may be fetched, the rule that forbids it, and the seconds between two requests, if asked."""

    allowed: bool
    rule: str
    delay: float | None


def judge(text: str, *, agent: str, address: str) -> Verdict:
    """What the robots.txt says to ``agent``, a product's name without its version, about ``address``."""
    rules = Protego.parse(text)
    allowed = rules.can_fetch(address, agent)
    delay = rules.crawl_delay(agent)
    return Verdict(
        allowed=allowed,
        rule="" if allowed else _forbidding(text, address),
        delay=None if delay is None else float(delay),
    )


def _forbidding(text: str, address: str) -> str:
    """The longest of the rules that cover the address, as the file writes it: by the standard it decides."""
    written = dict.fromkeys(_RULE.findall(text)[:MAX_RULES])
    covering = [path for path in written if not _alone(path).can_fetch(address, "x")]
    return f"Disallow: {max(covering, key=len)}" if covering else ""


def _alone(path: str) -> Protego:
    return Protego.parse(f"User-agent: *\nDisallow: {path}")
