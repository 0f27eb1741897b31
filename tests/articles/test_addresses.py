"""Which addresses may be fetched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.addresses import MAX_KEY, check, host_of, is_public, key_of, same_site, without_tracking
from articles.exceptions import RefusedAddress

BAD = """
http://127.0.0.1/
http://localhost/
http://LOCALHOST./
http://foo.localhost/
http://0/
http://0.0.0.0:8000/
http://0.0.0.0/
http://127.1/
http://2130706433/
http://0x7f000001/
http://0177.0.0.1/
http://0127.0.0.1/
http://017700000001/
http://0x7f.0.0.1/
http://①②⑦.⓪.⓪.①/
http://127。0。0。1/
http://[::1]/
http://[::]/
http://[::ffff:127.0.0.1]/
http://[::ffff:8.8.8.8]/
http://[::127.0.0.1]/
http://[::ffff:0:7f00:1]/
http://[64:ff9b::a9fe:a9fe]/
http://[64:ff9b:1::7f00:1]/
http://[2002:7f00:1::]/
http://[2001:0:7f00:1::]/
http://[2001:db8::1]/
http://[3fff::1]/
http://[5f00::1]/
http://[fec0::1]/
http://[fe80::1%25eth0]/
http://[fe80::1]/
http://[fd00:ec2::254]/
http://[ff02::1]/
http://169.254.169.254/latest/meta-data/
http://metadata.google.internal/
http://100.100.100.200/
http://168.63.129.16/
http://192.0.0.192/
http://192.88.99.1/
http://100.64.0.1/
http://10.0.0.1/
http://172.16.5.4/
http://192.168.1.1/
http://198.18.0.1/
http://224.0.0.1/
http://240.0.0.1/
http://255.255.255.255/
http://printer.local/
http://db.internal:5432/
http://db.internal/
http://router.lan/
http://intranet/
http://example.com:22/
http://example.com:6379/
http://user:pw@example.com/
http://example.com@127.0.0.1/
http://127.0.0.1#@example.com/
http://127.1.1.1:80\\@127.2.2.2:80/
http:127.0.0.1/
http:///127.0.0.1/
http://
//localhost/
http://exa\tmple.com/
http://example.com/\x0bHost:x
http://example.com:99999/
http://example.com:port/
http://[::1
file:///etc/passwd
ftp://example.com/
gopher://127.0.0.1:6379/_
data:text/html,hello
javascript:alert(1)
example.com/page
dict://127.0.0.1:11211/stat
jar:http://example.com!/x
ws://example.com/
http://xn--/
http://%31%32%37.0.0.1/
http://[::ffff:7f00:1]/
http://[0:0:0:0:0:ffff:169.254.169.254]/
http://[2620:4f:8000::1]/
http://[v1.x]/
http://0x7f.1/
http://metadata/
http://localhost.localdomain/
http://1.1.1.1.:80@127.0.0.1/
http://127.0.0.1%00.example.com/
http://example.com%0d%0aHost:x/
http://example.com:0/
http://a..example.com/
http://.example.com/
""".strip("\n").split("\n")


@pytest.mark.parametrize("address", [line.replace("\\\\", "\\") for line in BAD])
def test_it_refuses_what_is_not_the_public_web(address: str) -> None:
    with pytest.raises(RefusedAddress):
        check(address)


@pytest.mark.parametrize("label", ["a" * 64, "a" * 300, "a." * 130])
def test_it_refuses_a_name_that_no_server_has(label: str) -> None:
    with pytest.raises(RefusedAddress, match="not the name of a server"):
        check(f"https://{label}.example.com/")


def test_it_sends_no_line_break_of_an_address_as_one() -> None:
    assert check("http://example.com/%0d%0aHost:x") == "http://example.com/%0D%0AHost:x"


def test_it_refuses_an_endless_address() -> None:
    with pytest.raises(RefusedAddress, match="longer than"):
        check("https://example.com/" + "a" * 2000)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("HTTPS://Example.COM", "https://example.com/"),
        (" https://example.com/a#part\n", "https://example.com/a"),
        ("http://example.com:80/a?b=c", "http://example.com/a?b=c"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://新闻.example.com/", "https://xn--efvy88h.example.com/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_it_writes_an_address_in_one_form(address: str, written: str) -> None:
    assert check(address) == written


def test_it_lets_a_test_server_through_when_told_to() -> None:
    assert check("http://127.0.0.1:5555/a", allow_private=True) == "http://127.0.0.1:5555/a"


@pytest.mark.parametrize("address", ["", "example.com", "1.2.3", "999.1.1.1", "::ffff:1.1.1.1", "fe80::1%eth0"])
def test_it_takes_only_public_addresses_for_public(address: str) -> None:
    assert not is_public(address)


def test_it_knows_public_addresses() -> None:
    assert is_public("1.1.1.1")
    assert is_public("2001:4860:4860::8888")


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://a.com/x?utm_source=n&id=3#top", "https://a.com/x?id=3"),
        ("https://a.com/x?fbclid=1", "https://a.com/x"),
        ("https://a.com/x?q=%E4%B8%AD&b=", "https://a.com/x?q=%E4%B8%AD&b="),
        ("https://a.com/x#top", "https://a.com/x"),
    ],
)
def test_it_drops_what_only_follows_the_reader(address: str, bare: str) -> None:
    assert without_tracking(address) == bare


def test_it_names_the_host_without_www() -> None:
    assert host_of("https://www.Example.com:8443/a") == "example.com"
    assert host_of("file:notes.txt") == ""
    assert host_of("http://[::1") == ""


def test_it_tells_a_mobile_twin_from_a_stranger() -> None:
    assert same_site("https://m.example.com/a", "https://www.example.com/a")
    assert not same_site("https://example.com/", "https://notexample.com/")
    assert not same_site("file:a", "file:a")


@pytest.mark.parametrize(
    "address",
    [
        "http://news.example/2025/quill",
        "https://www.news.example/2025/quill/",
        "https://m.news.example/2025/quill?utm_source=feed&fbclid=1",
        "https://amp.news.example/2025/quill",
        "https://news.example/amp/2025/quill",
        "https://news.example/2025/quill/amp/",
        "https://news.example:443/2025/quill#comments",
        "https://news.example/2025/quill?amp=1",
        "https://NEWS.example./2025/%71uill",
        "https://news-example.cdn.ampproject.org/c/s/news.example/2025/quill/amp",
        "https://www.google.com/amp/s/news.example/2025/quill",
    ],
)
def test_every_spelling_of_an_article_has_one_key(address: str) -> None:
    assert key_of(address) == "news.example/2025/quill"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a", "https://other.example/a"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/ample/a", "https://news.example/le/a"),
        ("https://news.example/" + "a" * 400 + "1", "https://news.example/" + "a" * 400 + "2"),
        ("https://m.example/a", "https://example/a"),
    ],
)
def test_other_articles_have_other_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "address", ["https://news.example/", "https://news.example", "file:a.html", "", "https://[::1]:x/a"]
)
def test_what_names_no_article_has_no_key(address: str) -> None:
    assert key_of(address) == ""


@given(st.text(max_size=60))
def test_any_words_have_a_key_that_fits(words: str) -> None:
    assert len(key_of(f"https://news.example/{words}")) <= MAX_KEY
