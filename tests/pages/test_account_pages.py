"""An account's own pages: made with a confirmed address, looked after, given out as a file, and closed."""

from __future__ import annotations

import re
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from lxml import html

from config.checks import check_mail
from talent import signin
from talent.models import Alert, Reader
from tests.factories import make_member
from tests.pages.conftest import Read, hrefs, words

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
ADDRESS = "rae@news.example"


def sign_up(client: Client, address: str = ADDRESS, page: str = "/account/sign-up/", **more: Any) -> Any:
    return client.post(page, {"email": address, "password1": PASSWORD}, **more)


def link_of(message: Any) -> str:
    """Where the link of a mail leads on this site."""
    found = re.search(r"https?://[^/\s]+(/\S+)", message.body)
    assert found is not None, message.body
    return found[1]


def sign_in(client: Client, name: str = ADDRESS, password: str = PASSWORD, page: str = "/login/") -> Any:
    return client.post(page, {"login": name, "password": password})


def make_reader(address: str = ADDRESS) -> User:
    user = User.objects.create_user(f"reader-{address}", email=address, password=PASSWORD)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    Reader.objects.create(user=user)
    return user


def test_an_account_opens_when_its_address_is_confirmed(client: Client) -> None:
    assert sign_up(client).url == "/account/confirm/"
    assert "a mail with a link is on its way" in client.get("/account/confirm/").content.decode()
    assert sign_in(client).url == "/account/confirm/"
    confirm = link_of(mail.outbox[0])
    assert "Yes, it is mine" in client.get(confirm).content.decode()
    assert not EmailAddress.objects.get().verified
    client.post(confirm)
    assert sign_in(client).url == "/account/"
    assert ADDRESS in words(html.fromstring(client.get("/account/").content))


def test_its_name_tells_nothing_and_its_language_is_the_readers(client: Client) -> None:
    sign_up(client, page="/zh-hans/account/sign-up/")
    user = User.objects.get()
    assert "rae" not in user.username
    assert user.reader.language == "zh-hans"
    assert "确认" in mail.outbox[0].subject


def test_a_link_opens_once_and_a_wrong_one_never(client: Client) -> None:
    sign_up(client)
    confirm = link_of(mail.outbox[0])
    client.post(confirm)
    for address in (confirm, "/account/confirm/MQ:forged/"):
        assert "has expired" in client.get(address).content.decode()
        assert client.post(address).status_code == 404


def test_it_says_the_same_of_an_address_that_is_known(client: Client) -> None:
    make_reader()
    known, unknown = sign_up(client), sign_up(Client(), "new@news.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert {message.to[0]: "already" in message.subject for message in mail.outbox} == {
        ADDRESS: True,
        "new@news.example": False,
    }
    assert User.objects.count() == 2


def test_it_asks_for_a_password_that_is_hard_to_guess(client: Client) -> None:
    answer = client.post("/account/sign-up/", {"email": ADDRESS, "password1": "password"})
    assert html.fromstring(answer.content).cssselect("[role=alert]")
    assert not User.objects.exists()


def test_it_can_be_closed_to_all_but_whom_an_administrator_enters(client: Client, settings: Any) -> None:
    settings.SIGN_UP = "closed"
    assert "made by an administrator" in client.get("/account/sign-up/").content.decode()
    sign_up(client)
    assert not User.objects.exists()
    assert "/account/sign-up/" not in hrefs(html.fromstring(client.get("/login/").content))


@pytest.mark.parametrize(
    ("sign_up", "host", "warned"), [("open", "", True), ("closed", "", False), ("open", "mail.example", False)]
)
def test_the_operator_is_warned_where_nobody_sends_what_confirms(
    settings: Any, sign_up: str, host: str, warned: bool
) -> None:
    settings.PRODUCTION, settings.SIGN_UP, settings.EMAIL_HOST = True, sign_up, host
    assert [message.id for message in check_mail()] == ["config.W002"] * warned


def test_a_forgotten_password_is_replaced_by_mail(client: Client) -> None:
    make_reader()
    assert client.post("/account/password/reset/", {"email": ADDRESS}).url == "/account/password/reset/sent/"
    form = client.get(link_of(mail.outbox[0]), follow=True)
    action = form.redirect_chain[-1][0]
    answer = client.post(action, {"password1": "another long phrase", "password2": "another long phrase"})
    assert answer.url == "/account/password/reset/done/"
    assert sign_in(client).status_code == 200
    assert sign_in(client, password="another long phrase").url == "/account/"
    assert "expired" in Client().get(link_of(mail.outbox[0]), follow=True).content.decode()


def test_it_says_the_same_of_an_address_that_has_no_account(client: Client) -> None:
    make_reader()
    answers = [client.post("/account/password/reset/", {"email": each}) for each in (ADDRESS, "no@news.example")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/account/password/reset/sent/")}
    assert len(mail.outbox) == 2


def test_nobody_can_have_an_address_flooded(client: Client) -> None:
    answers = [client.post("/account/password/reset/", {"email": ADDRESS}) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429] * 6
    assert answers[-1].headers["Retry-After"]
    assert len(mail.outbox) == 6
    make_reader()
    assert sign_in(client).url == "/account/"


def test_asking_from_many_networks_floods_nobody_either(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(signin._MOST, signin.ASKING_FOR_MAIL, (1000, 1000))
    for number in range(12):
        client.post("/account/password/reset/", {"email": ADDRESS}, REMOTE_ADDR=f"192.0.2.{number}")
    assert len(mail.outbox) == 6


@pytest.mark.parametrize("page", ["/account/sign-up/", "/account/password/reset/"])
def test_it_says_when_no_mail_can_be_sent(client: Client, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    def down(*args: Any) -> None:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    answer = client.post(page, {"email": ADDRESS, "password1": PASSWORD})
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


def test_an_address_is_changed_when_the_new_one_is_confirmed(client: Client) -> None:
    make_reader()
    sign_in(client)
    confirm_password(client, "/account/email/")
    client.post("/account/email/", {"email": "new@news.example", "action_add": ""})
    page = words(html.fromstring(client.get("/account/email/").content))
    assert ADDRESS in page
    assert "To be confirmed new@news.example" in page
    client.post(link_of(mail.outbox[-1]))
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@news.example", True)]
    assert [message.to for message in mail.outbox[1:]] == [[ADDRESS]]


def confirm_password(client: Client, then: str) -> None:
    answer = client.post(f"/account/again/?next={then}", {"password": PASSWORD, "next": then})
    assert answer.url == then


def test_one_s_data_is_a_file_with_everything_and_no_secret(client: Client) -> None:
    user = make_reader()
    Alert.objects.create(user=user, public_id="a", company="c1", since=0)
    sign_in(client)
    assert client.get("/account/data.json").url.startswith("/account/again/?next=")
    confirm_password(client, "/account/data.json")
    answer = client.get("/account/data.json")
    data = answer.json()
    assert data["addresses"] == [{"email": ADDRESS, "verified": True, "primary": True}]
    assert data["alerts"][0]["company"] == "c1"
    assert user.password not in answer.content.decode()
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_account_is_closed_with_all_that_belongs_to_it(client: Client) -> None:
    user = make_reader()
    Alert.objects.create(user=user, public_id="a", company="c1", since=0)
    sign_in(client)
    confirm_password(client, "/account/close/")
    assert User.objects.filter(pk=user.pk).exists()
    assert "is closed" in client.post("/account/close/").content.decode()
    assert not User.objects.exists()
    assert not Alert.objects.exists()
    assert client.get("/account/").url == "/login/?next=/account/"


def test_who_made_decisions_is_not_forgotten(client: Client, settings: Any) -> None:
    from talent.models import PressAct

    user = make_reader()
    PressAct.objects.create(verb="retry", stage="fetch", user=user)
    sign_in(client)
    confirm_password(client, "/account/close/")
    answer = client.post("/account/close/")
    assert (answer.status_code, "decisions that stand" in answer.content.decode()) == (409, True)
    assert User.objects.exists()


def test_the_language_of_mail_is_chosen_from_those_there_are(client: Client) -> None:
    user = make_reader()
    client.force_login(user)
    client.post("/account/language/", {"language": "zh-hans"})
    assert Reader.objects.get(user=user).language == "zh-hans"
    assert client.post("/account/language/", {"language": "xx"}).status_code == 404


def test_a_password_is_changed_by_who_knows_it(client: Client) -> None:
    make_reader()
    sign_in(client)
    new = {"password1": "another long phrase", "password2": "another long phrase"}
    client.post("/account/password/", {"oldpassword": "wrong", **new})
    assert User.objects.get().check_password(PASSWORD)
    client.post("/account/password/", {"oldpassword": PASSWORD, **new})
    assert User.objects.get().check_password("another long phrase")
    assert mail.outbox[-1].to == [ADDRESS]


def test_who_was_given_a_role_signs_in_without_mail(client: Client) -> None:
    make_member("erin", "Editor", password=PASSWORD, email="erin@news.example")
    client.post("/account/password/reset/", {"email": "erin@news.example"})
    assert sign_in(client, "erin").url == "/desk/"


def test_who_was_switched_off_is_told_so_and_stays_outside(client: Client) -> None:
    User.objects.filter(pk=make_reader().pk).update(is_active=False)
    assert sign_in(client).url == "/account/inactive/"
    assert "An administrator closed it" in client.get("/account/inactive/").content.decode()
    assert client.get("/account/").status_code == 302


def test_signing_out_takes_a_click_and_not_a_picture(client: Client) -> None:
    client.force_login(make_reader())
    assert client.get("/logout/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post("/logout/").url == "/"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("page", ["/login/", "/account/sign-up/", "/account/password/reset/"])
@pytest.mark.parametrize("sent", [{}, {"email": "\x00", "login": "\x00", "password": "\x00", "password1": "x"}])
def test_odd_forms_are_shown_again(client: Client, page: str, sent: dict[str, str]) -> None:
    answer = client.post(page, sent)
    assert answer.status_code == 200
    assert html.fromstring(answer.content).cssselect("[role=alert]")


@pytest.mark.parametrize("page", ["/account/", "/account/email/", "/account/password/", "/account/two-factors/"])
def test_its_pages_ask_who_you_are(client: Client, page: str) -> None:
    assert client.get(page).url == f"/login/?next={page}"


def test_it_leads_nowhere_else(client: Client) -> None:
    make_reader()
    answer = client.post("/login/?next=https://evil.example/", {"login": ADDRESS, "password": PASSWORD})
    assert answer.url == "/account/"


def test_rules_for_passwords_are_a_list_and_no_markup_to_read(read: Read) -> None:
    [rules] = read("/account/sign-up/").cssselect("[id$=_helptext] ul")
    assert any("12 characters" in words(rule) for rule in rules.cssselect("li"))


@pytest.mark.parametrize(
    ("asked", "reached"),
    [("/account/alerts/new?company=tern", "/account/alerts/new?company=tern"), ("https://x.example/", "/account/")],
)
def test_a_new_account_leads_on_to_what_it_was_made_for(client: Client, asked: str, reached: str) -> None:
    client.post("/account/sign-up/", {"email": ADDRESS, "password1": PASSWORD, "next": asked})
    client.post(link_of(mail.outbox[0]))
    assert sign_in(client).url == reached
