"""Web addresses: their one written form, and which of them may be fetched. Pure; opens nothing."""

from __future__ import annotations

import re
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from articles.exceptions import RefusedAddress

MAX_LENGTH = 2000
SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset({80, 443, 8080, 8443})

# The registries of special-purpose addresses, multicast, and the metadata services that sit on public-looking ones.
_REFUSED_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    )
)  # fmt: skip
# Only 2000::/3 is the public Internet; inside it lie tunnels that carry an IPv4 address, and documentation.
_PUBLIC_V6 = ip_network("2000::/3")
_REFUSED_V6 = tuple(
    ip_network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)  # fmt: skip
_REFUSED_SUFFIXES = (
    ".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private",
    ".home.arpa", ".onion", ".in-addr.arpa", ".ip6.arpa",
)  # fmt: skip

_BAD_CHARACTER = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC_LABEL = re.compile(r"^(0x[0-9a-f]*|\d+)$")
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|mc_[ce]id|igshid|_hs(enc|mi)|ref_src|spm|scm|share_token"
    r"|cmpid|ncid|guccounter|guce_referrer\w*|xtor|at_medium|at_campaign|smid|sr_share|__twitter_impression)$"
)
MAX_KEY = 300
# What leads to the same article in another dress: for telephones, or for Google's cache of light pages.
_TWIN_HOST = re.compile(r"^(?:www\d?|m|amp|mobile|wap|3g)\.(?=[^.]+\.)")
_TWIN_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp$|(?<=/)index\.(?:html?|php|amp\.html)$|\.amp(?=\.html?$)")
_TWIN_QUERY = frozenset({("amp", "1"), ("amp", ""), ("amp", "true"), ("outputtype", "amp"), ("_amp", "true")})
_CACHED = re.compile(
    r"^https?://(?:www\.google\.[a-z.]+/amp/|[\w-]+\.cdn\.ampproject\.org/(?:[acirv]+/))(?P<safe>s/)?(?P<rest>[^/?#]+\.[^/?#]+/.*)$",
    re.I,
)


def is_public(address: str) -> bool:
    """True for an address of the public Internet; False for every other kind, and for what is no address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in block for block in _REFUSED_V4)
    return _is_public_v6(ip)


def _is_public_v6(ip: IPv6Address) -> bool:
    return ip.scope_id is None and ip in _PUBLIC_V6 and not any(ip in block for block in _REFUSED_V6)


def check(address: str, *, allow_private: bool = False) -> str:
    """The address in its one written form; RefusedAddress, with the reason, where it must not be fetched.

    What its name resolves to is checked again when the socket opens.
    """
    url = _parse(address)
    if url.port is not None and url.port not in PORTS and not allow_private:
        raise RefusedAddress(f"Port {url.port} is not fetched; only {', '.join(map(str, sorted(PORTS)))} are.")
    assert url.host is not None
    if not allow_private:
        _check_host(url.host.strip("[]"))
    default = url.port is None or url.port == SCHEMES[str(url.scheme)]
    return Url(url.scheme, None, url.host, None if default else url.port, url.path or "/", url.query).url


def _parse(address: str) -> Url:
    address = address.strip(" \t\r\n")
    if len(address) > MAX_LENGTH:
        raise RefusedAddress(f"The address is longer than {MAX_LENGTH} characters.")
    if _BAD_CHARACTER.search(address):
        raise RefusedAddress("The address holds a space, a backslash or a control character.")
    scheme = address.partition(":")[0].lower()
    if scheme not in SCHEMES or not address[len(scheme) :].startswith("://"):
        raise RefusedAddress("Only addresses that begin with http:// or https:// are fetched.")
    try:
        url = parse_url(address)
    except (LocationParseError, UnicodeError, ValueError) as error:
        raise RefusedAddress(f"This is not a valid address: {error}") from error
    if url.auth is not None:
        raise RefusedAddress("Addresses with a user name or password are not fetched.")
    host = (url.host or "").rstrip(".")
    if not host:
        raise RefusedAddress("The address names no server.")
    if len(host) > 253 or not all(0 < len(label) < 64 for label in host.split(".")):
        raise RefusedAddress("This is not the name of a server: a part of it is empty or too long.")
    return url._replace(host=host)


def _check_host(host: str) -> None:
    """Refuses what can be told from the name alone; clearer for the reader than a failed connection."""
    if ":" in host or _NUMERIC_LABEL.match(host.rpartition(".")[2]):
        # Only the canonical spelling: 127.1, 0x7f000001 and 2130706433 are numbers too, to some resolvers.
        if not is_public(host):
            raise RefusedAddress(f"{host} is not an address of the public Internet.")
        return
    if "." not in host or f".{host}".endswith(_REFUSED_SUFFIXES):
        raise RefusedAddress(f"{host} names a machine of a private network.")


def host_of(address: str) -> str:
    """The host without "www."; "" for an address without one."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def without_tracking(address: str) -> str:
    """The address without its fragment and without the parameters that only follow the reader."""
    parts = urlsplit(address)
    if not parts.query:
        return urlunsplit(parts._replace(fragment=""))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name.lower())]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit(parts._replace(query=query, fragment=""))


def same_site(one: str, other: str) -> bool:
    """True where one host is the other, or lies under it (``m.``, ``amp.``)."""
    one, other = host_of(one), host_of(other)
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def uncached(address: str) -> str:
    """The publisher's own address of a page in a cache of AMP pages; any other address as it is."""
    match = _CACHED.match(address)
    return f"{'https' if match['safe'] else 'http'}://{match['rest']}" if match else address


def key_of(address: str) -> str:
    """What all spellings of an article's web address have in common; "" for what names no article.

    Neither scheme, "www.", mobile and AMP twins, trailing slash, order of parameters, tracking nor fragment matter.
    """
    try:
        parts = urlsplit(uncached(address))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in SCHEMES or not host:
        return ""
    path = _TWIN_PATH.sub(
        "", quote(unquote(parts.path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    )
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name.lower()) and (name.lower(), value.lower()) not in _TWIN_QUERY
    )
    if not path.strip("/") and not query:
        return ""  # a front page: every day another text
    key = _without_twin_labels(host) + (f":{port}" if port not in (None, *SCHEMES.values()) else "") + path.rstrip("/")
    return _bounded(f"{key}?{urlencode(query)}" if query else key)


def _without_twin_labels(host: str) -> str:
    while (shorter := _TWIN_HOST.sub("", host)) != host:
        host = shorter
    return host


def _bounded(key: str) -> str:
    if len(key) <= MAX_KEY:
        return key
    return f"{key[: MAX_KEY - 33]}#{sha256(key.encode()).hexdigest()[:32]}"
