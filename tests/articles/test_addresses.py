"""Which addresses may be fetched."""

import pytest

from articles.addresses import check, host_of, is_public, same_site, without_tracking
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
""".strip("\n").split("\n")


@pytest.mark.parametrize("address", [line.replace("\\\\", "\\") for line in BAD])
def test_it_refuses_what_is_not_the_public_web(address: str) -> None:
    with pytest.raises(RefusedAddress):
        check(address)


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
