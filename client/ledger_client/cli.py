"""The command ``talent``: lists, records, citations, the change feed and dumps of a Talent Ledger."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import httpx2
import typer

from ledger_client.api import NOUNS, Ledger, Problem
from ledger_client.names import Ambiguous, slug_of
from ledger_client.output import Format, write

app = typer.Typer(no_args_is_help=True, help="Who moved where, for how much, and who says so.", add_completion=False)

Site = Annotated[str, typer.Option(envvar="TALENT_LEDGER", help="Address of the Talent Ledger.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many.")]
How = Annotated[Format, typer.Option("--format", help="How rows are written.")]
Since = Annotated[str | None, typer.Option(help="Can be on or after this year, month or day.")]
Until = Annotated[str | None, typer.Option(help="Can be on or before this year, month or day.")]
Words = Annotated[str | None, typer.Option("--search", "-q", help="Words in a name or a quote.")]
Status = Annotated[list[str] | None, typer.Option(help="How firmly it is reported; may be repeated.")]
Name = Annotated[str | None, typer.Option(help="Name or slug.")]
Noun = Annotated[str, typer.Argument(help=f"One of: {', '.join(NOUNS)}.")]
Filter = Annotated[list[str] | None, typer.Option("--filter", help="Any other parameter of the API: name=value.")]

LOCAL = "http://127.0.0.1:8000"


@contextmanager
def _ledger(site: str) -> Iterator[Ledger]:
    """Says what went wrong in one line on the error output, and leaves with 1."""
    try:
        with Ledger(site, transport=_transport) as ledger:
            yield ledger
    except (Problem, Ambiguous, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except httpx2.HTTPError as error:
        typer.echo(f"{site} cannot be reached: {error}. Name another with --site or TALENT_LEDGER.", err=True)
        raise typer.Exit(1) from error


# Another way to the server, for tests.
_transport: httpx2.BaseTransport | None = None


def _others(filters: list[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in filters or []:
        name, equals, value = each.partition("=")
        if not equals:
            raise ValueError(f"--filter takes name=value, not “{each}”.")
        found[name] = value
    return found


def _slug(ledger: Ledger, noun: str, name: str | None) -> str | None:
    return slug_of(ledger, noun, name) if name else None


@app.command()
def moves(
    to: Name = None,
    origin: Annotated[str | None, typer.Option("--from", help="Name or slug of the company left.")] = None,
    company: Name = None,
    person: Name = None,
    kind: Annotated[list[str] | None, typer.Option(help="Kind of move; may be repeated.")] = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    search: Words = None,
    other: Filter = None,
    limit: Limit = None,
    form: How = Format.TABLE,
    site: Site = LOCAL,
) -> None:
    """Who went where."""
    with _ledger(site) as ledger:
        asked = {
            "to": _slug(ledger, "companies", to),
            "from": _slug(ledger, "companies", origin),
            "company": _slug(ledger, "companies", company),
            "person": _slug(ledger, "people", person),
            "kind": kind,
            "status": status,
            "after": since,
            "before": until,
            "q": search,
            **_others(other),
        }
        write(ledger.rows("moves", asked, limit=limit), "moves", form, sys.stdout)


def _of_company(noun: str) -> Any:
    def listed(
        company: Name = None,
        since: Since = None,
        until: Until = None,
        status: Status = None,
        search: Words = None,
        other: Filter = None,
        limit: Limit = None,
        form: How = Format.TABLE,
        site: Site = LOCAL,
    ) -> None:
        with _ledger(site) as ledger:
            slug = _slug(ledger, "companies", company)
            asked = {"company": slug, "status": status, "after": since, "before": until, "q": search, **_others(other)}
            write(ledger.rows(noun, asked, limit=limit), noun, form, sys.stdout)

    return listed


app.command("compensation", help="What is paid and offered.")(_of_company("compensation"))
app.command("signals", help="Who is hiring and who is shrinking.")(_of_company("signals"))


@app.command("list")
def listed(
    noun: Noun,
    search: Words = None,
    other: Filter = None,
    limit: Limit = None,
    form: How = Format.TABLE,
    site: Site = LOCAL,
) -> None:
    """Any list, with any filter."""
    with _ledger(site) as ledger:
        if noun not in NOUNS:
            raise ValueError(f"There is no list “{noun}”; there are: {', '.join(NOUNS)}.")
        write(ledger.rows(noun, {"q": search, **_others(other)}, limit=limit), noun, form, sys.stdout)


@app.command()
def show(noun: Noun, identifier: str, site: Site = LOCAL) -> None:
    """One record with its evidence, as JSON."""
    with _ledger(site) as ledger:
        typer.echo(json.dumps(ledger.record(noun, identifier), ensure_ascii=False, indent=2))


@app.command()
def search(words: str, site: Site = LOCAL) -> None:
    """People and companies that may be meant, in any script and with typing errors."""
    with _ledger(site) as ledger:
        for each in ledger.suggest(words):
            typer.echo(f"{each['id']}\t{each['name']}\t{each.get('description', '')}")


@app.command()
def cite(
    noun: Annotated[str, typer.Argument(help="moves, compensation, signals or claims.")],
    identifier: str,
    style: Annotated[str, typer.Option(help="apa, chicago, mla, gbt7714, bibtex, ris or csl.")] = "apa",
    site: Site = LOCAL,
) -> None:
    """How to cite a fact or a claim."""
    with _ledger(site) as ledger:
        programs = style in ("bibtex", "ris", "csl")
        found = ledger.citation(noun, identifier, "apa" if programs else style)
        text = found[style] if programs else found["text"]
        typer.echo(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, indent=2))


@app.command()
def events(
    after: Annotated[str, typer.Option(help="Place to read on from; 0 begins with the first event.")] = "0",
    noun: Annotated[list[str] | None, typer.Option(help="move, compensation or signal; may be repeated.")] = None,
    follow: Annotated[bool, typer.Option(help="Wait for what happens next.")] = False,
    site: Site = LOCAL,
) -> None:
    """What happened to facts, oldest first, an event a line."""
    with _ledger(site) as ledger:
        while True:
            for event in ledger.events(after, {"noun": noun}):
                typer.echo(json.dumps(event, ensure_ascii=False))
                after = event["id"]
            if not follow:
                return
            time.sleep(5)


@app.command()
def dump(
    folder: Annotated[Path, typer.Argument(help="Where to put the files.")],
    file: Annotated[list[str] | None, typer.Option(help="Only this file; may be repeated.")] = None,
    site: Site = LOCAL,
) -> None:
    """Downloads the newest dump, and compares every checksum."""
    from ledger_client.dumps import download

    with _ledger(site) as ledger:
        found = ledger.dumps()
        if not found:
            raise ValueError("This site has not written a dump yet.")
        for path in download(ledger, found[0], folder, only=file):
            typer.echo(str(path))


if __name__ == "__main__":
    app()
