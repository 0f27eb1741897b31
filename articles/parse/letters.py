"""E-mail letters and saved pages (MHTML): the part to read, its text, and who wrote it when.

A letter is first cleaned: nothing of who received it is kept, neither in headers nor in links, pictures or words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from typing import Literal

from lxml import html as lxml_html
from lxml.html import HtmlElement

from articles.exceptions import IntakeError, NotADocument, TooLarge
from articles.parse import blocks, dates, guard, page
from articles.parse.charset import decode
from articles.parse.found import Found
from articles.parse.lines import ends_sentence, joined

Hide = Callable[[str], str]

MAX_PARTS = 500
MAX_HEADER = 4_000
# Who received it, under every name that programs use, and the way it took there.
_RECIPIENTS = (
    "To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "Resent-To",
    "Resent-Cc", "Apparently-To", "X-Delivered-To", "X-RCPT-To", "X-Real-To",
)  # fmt: skip
_KEPT = ("From", "Sender", "Subject", "Date", "Message-ID", "List-Id", "Archived-At")
_NOBODY = "[…]"
# Lines that belong to the letter's dispatch, not to what it says.
_DISPATCH = re.compile(
    r"unsubscribe|view (this|it|the)?\s?(e-?mail|message|newsletter)?\s?(in|on) (your|a|the) (web )?browser"
    r"|read (it )?online|you('| a)re receiving this|this e-?mail was sent|forwarded this (e-?mail|newsletter)"
    r"|manage (your )?(e-?mail )?preferences|update your preferences|no longer (wish|want) to receive"
    r"|add us to your address book|退订|取消订阅|在浏览器中(查看|打开|阅读)"
    r"|如(果)?您?不(想|愿)(再|继续)?(接收|收到)|此邮件由系统",
    re.I,
)
_LONGEST_DISPATCH = 200
_GREETING = re.compile(
    r"^(hi|hello|hey|dear|good (morning|evening|afternoon))\b[^.!?]{0,60}[,!:]?$|^(亲爱的|尊敬的).{0,30}[：:，,]?$",
    re.I,
)
_SIGNATURE = re.compile(r"(?m)^-- $")
_WRAPPED = 50
_ADDRESS_IN_LIST_ID = re.compile(r"<[^<>]*>")
_SEPARATOR = re.compile(rb"(?m)" + guard.MBOX.pattern)
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
_TO_ESCAPE = re.compile(rb"(?m)^(>*From )")


def read(body: bytes, kind: Literal["mail", "mbox", "mhtml"], *, latest: datetime | None = None) -> Found:
    """The text and metadata of one letter or saved page; a box is cut into its letters before it comes here."""
    if kind == "mbox":
        found = list(letters_in(body))
        if len(found) != 1:
            raise NotADocument(f"This is a box of {len(found)} letters, to be cut before it is read.")
        body = found[0]
    message = _parsed(body)
    return _saved_page(message, latest) if kind == "mhtml" else _letter(message, latest)


def letters_in(box: bytes) -> Iterator[bytes]:
    """The letters of an mbox file, each as it was sent."""
    starts = [match.span() for match in _SEPARATOR.finditer(box)]
    for (_, begin), (end, _) in zip(starts, [*starts[1:], (len(box), 0)], strict=True):
        yield _ESCAPED.sub(rb"\1", box[begin:end].strip(b"\r\n") + b"\n")


# ---------------------------------------------------------------- cleaning


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Letters without their recipients: how many, and for those left out, why."""

    body: bytes
    letters: int
    refused: list[str]


def cleaned(body: bytes) -> Cleaned:
    """The letter, or the box of letters, with what says who received it taken out. Cleaning twice changes nothing."""
    if guard.letter_kind(body) != "mbox":
        return Cleaned(_clean_letter(body), 1, [])
    kept, refused = [], []
    for letter in letters_in(body):
        try:
            kept.append(_TO_ESCAPE.sub(rb">\1", _clean_letter(letter)))
        except (IntakeError, ValueError, LookupError) as error:
            refused.append(
                f"{_header(_headers_only(letter), 'Subject')[:100] or 'A letter without a subject'}: {error}"
            )
    return Cleaned(
        b"".join(b"From - Thu Jan  1 00:00:00 1970\n" + letter + b"\n" for letter in kept), len(kept), refused
    )


def _clean_letter(body: bytes) -> bytes:
    message = _parsed(body)
    hide = _hiding(message)
    main, is_html = _main_part(message)
    if is_html:
        tree = _tree(main)
        if tree is None:
            raise NotADocument("The letter holds no text.")
        content = lxml_html.tostring(_bare(tree, hide), encoding="unicode")
    else:
        content = hide(main.replace("\r\n", "\n")).strip("\n")
    head = "".join(f"{name}: {value}\n" for name in _KEPT if (value := hide(_header(message, name))))
    kind = "html" if is_html else "plain"
    head += f"MIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    return f"{head}\n{content}\n".encode("utf-8", "replace")


def _bare(tree: HtmlElement, hide: Hide) -> HtmlElement:
    """The words and their order alone: links and pictures tell the sender who reads them."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in (
            "img",
            "script",
            "style",
            "meta",
            "link",
            "form",
            "input",
        ):
            element.drop_tree() if element.getparent() is not None else None
            continue
        hidden = blocks.is_hidden(element)
        element.attrib.clear()
        if hidden:
            element.set("hidden", "")
    for element in tree.iter():
        element.text, element.tail = hide(element.text or ""), hide(element.tail or "")
    return tree


def _hiding(message: Message) -> Hide:
    """A function that takes the recipients' addresses, and the names beside them, out of words."""
    found = getaddresses([_header(message, name) for name in _RECIPIENTS])
    mails = {address.lower() for _, address in found if "@" in address}
    forms = {form for mail in mails for form in (mail, mail.replace("@", "%40"), mail.replace("@", "="))}
    forms |= {name.strip() for name, _ in found if len(name.split()) > 1}
    if not forms:
        return lambda words: words
    pattern = re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)), re.I)
    return lambda words: pattern.sub(_NOBODY, words)


# ---------------------------------------------------------------- reading


def _letter(message: Message, latest: datetime | None) -> Found:
    hide = _hiding(message)
    main, is_html = _main_part(message)
    tree = _tree(main) if is_html else None
    lines = list(blocks.paragraphs(tree)) if tree is not None else _unwrapped(main)
    text = hide("\n".join(line for line in lines if not _is_dispatch(line)))
    sender, address = parseaddr(_header(message, "From"))
    outlet = _outlet(message, sender, address)
    stated = dates.read(_header(message, "Date"), latest=latest)
    archived = _header(message, "Archived-At").strip(" <>")
    return Found(
        text=text,
        title=hide(_header(message, "Subject")) or text.partition("\n")[0][:200],
        author=sender if sender != outlet and "@" not in sender else "",
        publisher=outlet,
        published=stated,
        address=archived if archived.startswith(("http://", "https://")) else "",
    )


def _outlet(message: Message, sender: str, address: str) -> str:
    """Who publishes the letter: the name of its list, else of its sender, else the sender's domain."""
    named = _ADDRESS_IN_LIST_ID.sub("", _header(message, "List-Id")).strip(' "')
    return named or (sender if "@" not in sender else "") or address.rpartition("@")[2]


def _is_dispatch(line: str) -> bool:
    return len(line) <= _LONGEST_DISPATCH and bool(_DISPATCH.search(line) or _GREETING.match(line))


def _unwrapped(text: str) -> list[str]:
    """The paragraphs of a letter in plain text, whose lines were broken at some seventy characters."""
    paragraphs: list[list[str]] = [[]]
    for line in _SIGNATURE.split(text.replace("\r\n", "\n"))[0].split("\n"):
        before = paragraphs[-1]
        goes_on = before and len(before[-1]) >= _WRAPPED and line[:1] not in ("", " ", "\t", "-", "*", "•", ">")
        if not line.strip():
            paragraphs.append([])
        elif goes_on and not (ends_sentence(before[-1]) and len(before[-1]) < 60):
            before.append(line)
        else:
            paragraphs.append([line])
    return [joined(lines) for lines in paragraphs if lines]


def _saved_page(message: Message, latest: datetime | None) -> Found:
    part = next((p for p in _leaves(message) if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if part is None:
        raise NotADocument("The saved page holds no HTML.")
    address = _header(message, "Snapshot-Content-Location") or _header(part, "Content-Location")
    address = address if address.startswith(("http://", "https://")) else ""
    html = _text(part)
    guard.check_markup(html)
    found = page.read(html, address, latest=latest or _saved_at(message))
    # Where it was saved from is its address, unless it names another.
    return found if found.address else replace(found, address=address)


def _saved_at(message: Message) -> datetime | None:
    stamp = dates.read(_header(message, "Date"))
    return stamp.instant if stamp else None


# ---------------------------------------------------------------- parts


def _parsed(body: bytes) -> Message:
    message: Message = message_from_bytes(body.lstrip(b"\r\n"), policy=policy.compat32)
    if sum(1 for _ in _leaves(message)) > MAX_PARTS:
        raise TooLarge(f"The letter has more than {MAX_PARTS} parts.")
    return message


def _headers_only(body: bytes) -> Message:
    head: Message = message_from_bytes(body.partition(b"\n\n")[0][:65_536], policy=policy.compat32)
    return head


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; letters within the letter are not opened."""
    waiting = [message]
    seen = 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > 4 * MAX_PARTS:
            raise TooLarge(f"The letter has more than {MAX_PARTS} parts.")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        elif part.get_content_maintype() != "message":
            yield part


def _main_part(message: Message) -> tuple[str, bool]:
    """The words of the letter, and whether they are HTML: the HTML where there is some, else the plain text."""
    shown = [part for part in _leaves(message) if part.get_content_disposition() != "attachment"]
    for kind in ("text/html", "text/plain"):
        for part in shown:
            if part.get_content_type() == kind and (text := _text(part)).strip():
                return text, kind == "text/html"
    raise NotADocument("The letter holds no text: nothing but attachments.")


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    label = f"text/plain; charset={part.get_content_charset('')}" if part.get_content_charset() else ""
    return decode(data, label) if isinstance(data, bytes) else ""


def _tree(html: str) -> HtmlElement | None:
    guard.check_markup(html)
    return blocks.tree_of(html)


def _header(message: Message, name: str) -> str:
    """A header in one line of words, however it was encoded; "" where there is none."""
    values = [str(value)[:MAX_HEADER] for key, value in message.raw_items() if key.lower() == name.lower()]
    return ", ".join(filter(None, map(_words, values[:20])))[:MAX_HEADER]


def _words(value: str) -> str:
    try:
        value = str(make_header(decode_header(value)))
    except (HeaderParseError, UnicodeError, LookupError, ValueError):
        pass
    value = decode(value.encode("utf-8", "surrogateescape"))
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())
