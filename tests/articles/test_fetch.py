"""Pages are fetched within bounds, and nothing but the public web is reached."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from articles import fetch as fetching
from articles.exceptions import Busy, FetchError, Gone, IntakeError, Offline, RefusedAddress, TooLarge, Unavailable
from articles.fetch import Wish, fetch
from tests.articles.test_addresses import BAD

LISTED = [line.replace("\\\\", "\\") for line in BAD]
Answer = Callable[[BaseHTTPRequestHandler], None]
Serve = Callable[[Answer], str]
HTML = {"Content-Type": "text/html; charset=utf-8"}


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    """A server's answer; header names are written with underscores."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def drip(prefix: bytes, part: bytes, *, pause: float = 0.02, times: int = 10_000) -> Answer:
    """A server that sends a little at a time."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(prefix)
        for _ in range(times):
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)

    return respond


@pytest.fixture
def serve(settings: Any) -> Iterator[Serve]:
    """Serves one answer on this machine, which fetching is allowed to reach for once; gives the address."""
    settings.FETCH_ALLOW_PRIVATE = True
    servers: list[ThreadingHTTPServer] = []

    def start(respond: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    respond(self)
                except OSError:
                    # The client has hung up, as it should.
                    pass

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/page"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What each name resolves to, look-up after look-up; every connection is refused."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int, **kwargs: Any) -> list[Any]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        families = [(socket.AF_INET6 if ":" in a else socket.AF_INET, a) for a in known[host]]
        return [(family, socket.SOCK_STREAM, 6, "", (a, port)) for family, a in families]

    def connect(self: Any, target: Any) -> None:
        raise ConnectionRefusedError(111, f"refused at {target[0]}")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return known


def test_it_fetches_a_page(serve: Serve) -> None:
    address = serve(answer(body="<p>新闻".encode(), ETag='"x"', Set_Cookie="a=b", Content_Type="text/html"))
    fetched = fetch(address)
    assert fetched.body.decode() == "<p>新闻"
    assert (fetched.status, fetched.content_type, fetched.final_address) == (200, "text/html", address)
    assert fetched.headers["etag"] == '"x"'
    assert "set-cookie" not in fetched.headers


def twice(body: bytes) -> bytes:
    return gzip.compress(gzip.compress(body))


def test_it_says_who_it_is(serve: Serve, settings: Any) -> None:
    settings.USER_AGENT = "TestAgent/1"
    address = serve(lambda handler: answer(body=str(handler.headers).encode())(handler))
    sent = fetch(address).body.decode()
    assert "TestAgent/1" in sent
    assert "gzip, deflate" in sent


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("gzip, gzip", twice)],
)
def test_it_decompresses(serve: Serve, encoding: str, encode: Callable[[bytes], bytes]) -> None:
    assert fetch(serve(answer(body=encode(b"words"), Content_Encoding=encoding))).body == b"words"


def test_it_follows_redirects_and_says_where_it_ended(serve: Serve) -> None:
    last = serve(answer(body=b"here"))
    first = serve(answer(302, Location=last))
    assert fetch(first).final_address == last


def test_it_follows_a_relative_redirect(serve: Serve) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        (answer(body=b"here") if handler.path == "/next" else answer(301, Location="/next"))(handler)

    assert fetch(serve(respond)).final_address.endswith("/next")


def test_it_does_not_follow_redirects_for_ever(serve: Serve) -> None:
    with pytest.raises(Unavailable, match="more than 5 times"):
        fetch(serve(answer(302, Location="/again")))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.example/", "http://user:pw@x.example/", "gopher://x/"]
)
def test_it_checks_where_a_redirect_leads(serve: Serve, target: str) -> None:
    with pytest.raises(RefusedAddress):
        fetch(serve(answer(302, Location=target)))


def test_it_does_not_follow_a_redirect_inwards(serve: Serve, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = serve(answer(body=b"secret"))
    outer = serve(answer(302, Location=inner))
    monkeypatch.setattr(fetching.addresses, "is_public", lambda ip: False)
    checks = iter([True, True, True])
    monkeypatch.setattr(fetching.sockets, "check_peer", lambda host, target: next(checks, None) or refuse(host))
    with pytest.raises(RefusedAddress):
        fetch(outer)


@pytest.mark.parametrize("address", LISTED)
def test_it_opens_no_socket_for_a_bad_address(names: dict[str, list[str]], address: str) -> None:
    with pytest.raises(RefusedAddress):
        fetch(address)


# A Location without a scheme of its own is a page of the same site.
@pytest.mark.parametrize("address", [each for each in LISTED if "://" in each and each.isascii()])
def test_it_opens_no_socket_where_a_redirect_leads_to_a_bad_address(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    looked_up: list[str] = []

    def redirecting(target: str, deadline: Any) -> Any:
        looked_up.append(target)
        return Redirect(address)

    monkeypatch.setattr(fetching.sockets, "connection", redirecting)
    with pytest.raises((RefusedAddress, Unavailable)):
        fetch("https://news.example.com/")
    assert set(looked_up) == {"https://news.example.com/"}


class Redirect:
    """A connection that answers with a redirect."""

    status = 302

    def __init__(self, target: str) -> None:
        self.headers = {"Location": target}

    def request(self, *args: Any, **kwargs: Any) -> None:
        pass

    def getresponse(self) -> Redirect:
        return self

    def close(self) -> None:
        pass


def refuse(host: str) -> None:
    raise RefusedAddress(host)


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["168.63.129.16"],
        ["100.64.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::a9fe:a9fe"],
        ["fd00::1"],
        ["fe80::1"],
        ["93.184.216.34", "127.0.0.1"],
        ["2606:4700::1111", "::1"],
    ],
)
def test_it_refuses_a_name_that_leads_inwards(names: dict[str, list[str]], found: list[str]) -> None:
    names["news.example.com"] = found
    with pytest.raises(RefusedAddress, match="leads to"):
        fetch("http://news.example.com/")


def test_it_connects_to_the_very_address_that_it_checked(names: dict[str, list[str]]) -> None:
    names["news.example.com"] = ["93.184.216.34"]
    with pytest.raises(FetchError, match=r"refused at 93\.184\.216\.34"):
        fetch("http://news.example.com/")


def test_it_looks_a_name_up_once(names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    real = socket.getaddrinfo

    def changing(host: str, port: int, **kwargs: Any) -> Any:
        names[host] = next(answers)
        return real(host, port, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with pytest.raises(FetchError, match=r"refused at 93\.184"):
        fetch("http://news.example.com/")
    assert next(answers) == ["127.0.0.1"]


def test_it_checks_the_peer_once_more_when_the_socket_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching.sockets, "resolve", lambda *args: [(socket.AF_INET, ("93.184.216.34", 80))])
    monkeypatch.setattr(socket.socket, "connect", lambda self, target: None)
    monkeypatch.setattr(socket.socket, "getpeername", lambda self: ("127.0.0.1", 80))
    with pytest.raises(RefusedAddress, match=r"leads to 127\.0\.0\.1"):
        fetch("http://news.example.com/")


def test_it_says_when_there_is_no_such_name(names: dict[str, list[str]]) -> None:
    with pytest.raises(Unavailable, match="no server of that name"):
        fetch("https://nowhere.example.com/")


def test_it_gives_up_a_look_up_that_hangs(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 0.2
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(2) or [])
    with pytest.raises(FetchError, match="took longer"):
        fetch("http://news.example.com/")


def test_it_does_nothing_when_offline(settings: Any, names: dict[str, list[str]]) -> None:
    settings.OFFLINE = True
    with pytest.raises(Offline, match="without the network"):
        fetch("http://news.example.com/")


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), id="body"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", times=90), id="headers"),
        pytest.param(drip(b"", b"H"), id="status line"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), id="chunks"),
        pytest.param(drip(b"", b"", pause=3, times=1), id="silence"),
    ],
)
def test_it_bounds_the_whole_time_not_each_read(serve: Serve, settings: Any, respond: Answer) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 0.5
    started = time.monotonic()
    with pytest.raises(FetchError, match="took longer"):
        fetch(serve(respond))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(answer(body=b"x" * 2_000), id="body"),
        pytest.param(answer(Content_Length="99999999999"), id="announced"),
        pytest.param(answer(body=gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"), id="bomb"),
        pytest.param(
            answer(body=twice(bytes(50_000_000)), Content_Encoding="gzip, gzip"),
            id="bomb in bomb",
        ),
        pytest.param(
            drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"100\r\n" + b"x" * 256 + b"\r\n", pause=0),
            id="endless",
        ),
    ],
)
def test_it_bounds_the_size_after_decompression(serve: Serve, settings: Any, respond: Answer) -> None:
    settings.MAX_DOCUMENT_BYTES = 1_000
    with pytest.raises(TooLarge, match="1,000 bytes"):
        fetch(serve(respond))


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (304, FetchError), (408, FetchError), (429, FetchError), (500, FetchError), (503, FetchError),
        (400, Unavailable), (401, Unavailable), (403, Unavailable), (404, Unavailable), (410, Unavailable),
        (204, Unavailable), (302, Unavailable),
    ],
)  # fmt: skip
def test_it_tells_passing_refusals_from_lasting_ones(serve: Serve, status: int, error: type[IntakeError]) -> None:
    with pytest.raises(error, match=str(status)) as raised:
        fetch(serve(answer(status)))
    assert raised.value.permanent == (error is Unavailable)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("-1", None), ("0", 30), ("9999999999", 86_400), ("soon", None), ("", None),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 30)],
)  # fmt: skip
def test_it_stays_away_as_long_as_asked_within_reason(serve: Serve, header: str, seconds: float | None) -> None:
    with pytest.raises(FetchError) as raised:
        fetch(serve(answer(503, Retry_After=header)))
    assert raised.value.retry_after == seconds


def test_it_sends_only_changes_where_it_is_told_what_is_known(serve: Serve) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        known = (handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since"))
        answer(304 if known == ('"x"', "yesterday") else 200, body=b"")(handler)

    assert fetch(serve(respond), Wish(etag='"x"', last_modified="yesterday")).unchanged
    assert not fetch(serve(respond)).unchanged


def test_it_says_where_an_address_has_moved_for_good(serve: Serve) -> None:
    last = serve(answer(body=b"here"))
    for_good = serve(answer(301, Location=serve(answer(308, Location=last))))
    assert fetch(for_good).moved_to == last
    middle = serve(answer(302, Location=last))
    assert fetch(serve(answer(301, Location=middle))).moved_to == middle
    assert fetch(middle).moved_to == ""


def test_it_takes_the_beginning_where_that_is_enough(serve: Serve) -> None:
    assert fetch(serve(answer(body=b"x" * 5_000)), Wish(limit=1_000, cut=True)).body == b"x" * 1_000
    with pytest.raises(TooLarge, match="1,000 bytes"):
        fetch(serve(answer(body=b"x" * 5_000)), Wish(limit=1_000))


def test_it_asks_before_each_step_of_a_redirect(serve: Serve) -> None:
    last = serve(answer(body=b"here"))
    first, asked = serve(answer(302, Location=last)), []
    fetch(first, Wish(hop=asked.append))
    assert asked == [first, last]


@pytest.mark.parametrize(("status", "kind"), [(429, Busy), (503, Busy), (410, Gone)])
def test_it_tells_a_busy_host_and_a_page_that_is_gone(serve: Serve, status: int, kind: type[IntakeError]) -> None:
    with pytest.raises(kind):
        fetch(serve(answer(status)))


def test_it_says_when_the_answer_breaks_off(serve: Serve) -> None:
    with pytest.raises(FetchError, match="broke off"):
        fetch(serve(answer(body=b"half", Content_Length="9000")))


def test_it_says_when_the_bytes_do_not_decompress(serve: Serve) -> None:
    with pytest.raises(Unavailable, match="decompressed"):
        fetch(serve(answer(body=b"not gzip", Content_Encoding="gzip")))


def test_it_refuses_a_certificate_that_nobody_vouches_for(serve: Serve) -> None:
    plain = serve(answer(body=b"x"))
    with pytest.raises(Unavailable, match="No safe connection"):
        fetch(plain.replace("http://", "https://"))
