"""To add a word, edit a lexicon; to add a language, add a folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import articles.extraction
from articles.extraction import Document, extract
from articles.extraction.language import load

ESPERANTO = '''
"""Esperanto, as far as one verb goes."""

import re

from articles.extraction.claims import MoveClaim, MoveEnd, PersonName
from articles.extraction.document import Span
from articles.extraction.mentions import Reading

_LEFT = re.compile(r"(\\w+ \\w+) forlasis (\\w+)")


class Esperanto:
    code = "eo"

    def is_relevant(self, text):
        return "forlasis" in text

    def read(self, document):
        return Reading(document)

    def find_moves(self, reading):
        for match in _LEFT.finditer(reading.document.text):
            yield MoveClaim(
                person=PersonName(match[1]), origin=MoveEnd(match[2]), kind="departure", status="reported",
                span=Span(*match.span()),
            )

    def find_compensation(self, reading):
        return []

    def find_signals(self, reading):
        return []


LANGUAGE = Esperanto()
'''


def test_it_reads_a_language_whose_folder_was_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eo").mkdir()
    (tmp_path / "eo" / "__init__.py").write_text(ESPERANTO)
    monkeypatch.setattr(articles.extraction, "__path__", [*articles.extraction.__path__, str(tmp_path)])
    load.cache_clear()
    found = extract(Document(id="a", lang="eo", text="Ada Stone forlasis Meta hieraŭ.")).moves[0]
    assert found.person is not None
    assert found.origin is not None
    assert (found.person.name, found.origin.org, found.kind) == ("Ada Stone", "Meta", "departure")


@pytest.mark.parametrize("code", ["xx", "../en", "en.moves", "lexicon", "os"])
def test_it_says_that_there_is_no_such_language(code: str) -> None:
    with pytest.raises(ValueError, match="no language folder"):
        extract(Document(id="a", lang=code, text="Ada Stone has left OpenAI."))


def test_it_knows_a_word_that_was_added_to_a_lexicon(tmp_path: Path) -> None:
    """A copy of the package, with one line more in the gazetteer, assigns a lab to its employer."""
    copy = tmp_path / "articles"
    shutil.copytree(Path(articles.extraction.__file__).parent, copy / "extraction")
    (copy / "__init__.py").touch()
    words = copy / "extraction" / "lexicon" / "organisations.toml"
    words.write_text(words.read_text().replace('"Meta" = [', '"Meta" = ["Zorblax Institute", ', 1))
    program = (
        "import json; from articles.extraction import Document, extract;"
        "text = 'Ada Stone has left OpenAI to join Zorblax Institute.';"
        "m = extract(Document(id='a', lang='en', text=text)).moves[0];"
        "print(json.dumps([m.origin.org, m.destination.org]))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == ["OpenAI", "Meta"]
