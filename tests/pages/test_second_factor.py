"""The second factor: codes of an app, recovery codes, and the gate before everything that is open to roles alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from talent import signin
from talent.membership import secret
from tests.factories import make_article, make_member
from tests.pages.conftest import hrefs, words

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def strict(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def erin() -> User:
    return make_member("erin", "Editor", password=PASSWORD)


def code(seed: str = SEED) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(seed, next(iter(yield_hotp_counters_from_time())))))


def sign_in(client: Client, then: str = "/desk/") -> Any:
    return client.post("/login/", {"login": "erin", "password": PASSWORD, "next": then})


def set_up(client: Client) -> list[str]:
    """Sets up an app as an editor would; the recovery codes that are shown after it."""
    page = "/account/two-factors/app/activate/"
    client.post(f"/account/again/?next={page}", {"password": PASSWORD, "next": page})
    shown = html.fromstring(client.get(page).content)
    seed = shown.cssselect("#secret")[0].get("value")
    assert shown.cssselect("img.qr")[0].get("src").startswith("data:image/svg+xml")
    answer = client.post(page, {"code": code(seed)}, follow=True)
    return [each.text_content().strip() for each in html.fromstring(answer.content).cssselect(".codes code")]


def test_the_code_of_an_app_is_asked_for_after_the_password(client: Client, erin: User) -> None:
    TOTP.activate(erin, SEED)
    assert sign_in(client).url == "/account/two-factors/authenticate/"
    assert client.get("/desk/").status_code == 302
    wrong = client.post("/account/two-factors/authenticate/", {"code": "000000"})
    assert html.fromstring(wrong.content).cssselect("[role=alert]")
    assert client.post("/account/two-factors/authenticate/", {"code": code()}).url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_recovery_code_opens_once(client: Client, erin: User, django_capture_on_commit_callbacks: Any) -> None:
    sign_in(client)
    codes = set_up(client)
    assert len(codes) == 10
    for status in (302, 200):
        again = Client()
        sign_in(again)
        assert again.post("/account/two-factors/authenticate/", {"code": codes[0]}).status_code == status


def test_recovery_codes_are_shown_taken_along_and_made_anew(client: Client, erin: User) -> None:
    sign_in(client)
    codes = set_up(client)
    here = "/account/two-factors/codes/"
    assert client.get(f"{here}download/").content.decode().split() == codes
    assert "open nothing any more" in client.get(f"{here}generate/").content.decode()
    again = client.post(f"{here}generate/", follow=True)
    assert not any(code in again.content.decode() for code in codes)
    page = words(html.fromstring(client.get("/account/two-factors/").content))
    assert "Authenticator app set up · Remove" in page
    assert "will not be asked for any more" in client.get("/account/two-factors/app/deactivate/").content.decode()


def test_codes_are_shown_to_nobody_who_does_not_say_again_who_they_are(client: Client, erin: User) -> None:
    TOTP.activate(erin, SEED)
    client.force_login(erin)
    for page in ("codes/generate/", "app/deactivate/", "passkeys/add/"):
        assert client.get(f"/account/two-factors/{page}").url.startswith("/account/again/?next=")


def test_who_has_no_password_sets_one_with_a_code(client: Client, erin: User) -> None:
    TOTP.activate(erin, SEED)
    erin.set_unusable_password()
    erin.save()
    client.force_login(erin)
    page = "/account/password/set/"
    assert client.get("/account/password/").url == page
    assert client.post(f"/account/two-factors/again/?next={page}", {"code": code(), "next": page}).url == page
    assert html.fromstring(client.get(page).content).cssselect("#id_password1")


def test_its_secrets_are_sealed_in_the_database(erin: User) -> None:
    TOTP.activate(erin, SEED)
    assert SEED not in str(Authenticator.objects.get().data)
    assert secret.opened(secret.sealed(SEED)) == SEED


def test_a_seal_of_another_site_does_not_open(settings: Any) -> None:
    sealed = secret.sealed(SEED)
    settings.SECRET_KEY = "another"
    with pytest.raises(ValueError, match="another SECRET_KEY"):
        secret.opened(sealed)


def test_whoever_guesses_codes_is_slowed_down(client: Client, erin: User) -> None:
    TOTP.activate(erin, SEED)
    sign_in(client)
    page = "/account/two-factors/authenticate/"
    answers = [client.post(page, {"code": f"{number:06}"}) for number in range(signin.MOST_OF_NAME + 1)]
    assert (answers[-1].status_code, bool(answers[-1].headers["Retry-After"])) == (429, True)
    assert client.post(page, {"code": code()}).status_code == 429


@pytest.mark.parametrize("address", ["/desk/", "/press/", "/admin/", "/account/keys/", "/", "/account/alerts/"])
def test_a_role_without_one_is_led_to_set_it_up(client: Client, strict: None, address: str) -> None:
    client.force_login(make_member("erin", "Administrator", is_staff=True))
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, "/account/two-factors/")
    page = html.fromstring(client.get(answer.url).content)
    assert "Your role asks for a second factor" in words(page)
    assert "/account/two-factors/app/activate/" in hrefs(page)


def test_nothing_can_be_done_without_one_either(client: Client, strict: None, erin: User) -> None:
    client.force_login(erin)
    article = make_article()
    assert client.post(f"/articles/{article.public_id}/retry/").url == "/account/two-factors/"


@pytest.mark.django_db(transaction=True)
def test_whoever_sets_it_up_goes_on_at_once(client: Client, strict: None, erin: User) -> None:
    assert sign_in(client).url == "/desk/"
    assert client.get("/desk/").url == "/account/two-factors/"
    set_up(client)
    assert client.get("/desk/").status_code == 200


def test_whoever_has_one_shows_it(client: Client, strict: None, erin: User) -> None:
    TOTP.activate(erin, SEED)
    client.force_login(erin)
    asked = client.get("/desk/?kind=move").url
    assert asked == "/account/two-factors/again/?next=%2Fdesk%2F%3Fkind%3Dmove"
    assert client.post(asked, {"code": code(), "next": "/desk/"}).url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_whoever_takes_it_away_is_led_back(client: Client, strict: None, erin: User) -> None:
    sign_in(client)
    set_up(client)
    client.post("/account/two-factors/app/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/desk/").url == "/account/two-factors/"


def test_readers_are_asked_for_none(client: Client, strict: None) -> None:
    client.force_login(make_member("rae", "Reader"))
    assert client.get("/account/alerts/").status_code == 200


def test_a_reader_who_is_not_signed_in_costs_no_question(
    client: Client, strict: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/about/").status_code == 200
        assert client.get("/api/v1/").status_code == 200


def test_one_machine_asks_for_none(client: Client, erin: User) -> None:
    assert sign_in(client).url == "/desk/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("page", ["authenticate", "passkeys/login"])
@pytest.mark.parametrize("sent", [{}, {"code": "\x00"}, {"credential": "{}"}, {"credential": '[{"response": 1}]'}])
def test_odd_answers_open_nothing(client: Client, erin: User, page: str, sent: dict[str, str]) -> None:
    TOTP.activate(erin, SEED)
    sign_in(client)
    answer = client.post(f"/account/two-factors/{page}/", sent)
    assert answer.status_code in (200, 302)
    assert client.get("/desk/").status_code == 302


def test_pages_of_it_run_no_script_within_the_page(client: Client, erin: User) -> None:
    page = client.get("/login/").content.decode()
    inline = [tag for tag in re.findall(r"<script[^>]*>", page) if " src=" not in tag and "application/json" not in tag]
    assert inline == []
