"""Web addresses: their one written form, and which of them may be fetched. Pure; opens nothing."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

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
    ".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".home.arpa", ".onion",
    ".in-addr.arpa", ".ip6.arpa",
)  # fmt: skip

_BAD_CHARACTER = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC_LABEL = re.compile(r"^(0x[0-9a-f]*|\d+)$")
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|mc_[ce]id|igshid|_hs(enc|mi)|ref_src|spm|scm|share_token"
    r"|cmpid|ncid|guccounter|guce_referrer\w*)$"
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
