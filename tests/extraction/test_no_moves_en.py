"""Sentences with the words of movement, people and employers, in which nobody moves."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def moves(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    return [(m.person, m.cohort, m.kind) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "Dana Whitfield, who leads research at Google, said the model would be released in May.",
        "OpenAI and Microsoft have extended their partnership, Dana Whitfield said on a call with analysts.",
        "Dana Whitfield joined Peter Sand on stage at the conference to discuss OpenAI’s plans.",
        "Google has named its new model after Dana Whitfield’s dog.",
        "Meta moved its headquarters to Austin, said Peter Sand, a spokesman.",
        "Anthropic has raised $3 billion from investors including Google, according to Dana Whitfield.",
        "Nvidia left its forecast unchanged, and chief executive Jensen Huang said demand was strong.",
        "Former Google chief executive Eric Schmidt warned Congress about China.",
        "Peter Sand joined a lawsuit against OpenAI on Monday.",
        "Apple hired bankers to explore a sale of the unit, Peter Sand wrote in Bloomberg.",
        "Amazon founded the prize in 2012. Dana Whitfield won it last year.",
        "Microsoft returned to profit growth, said Dana Whitfield of Wedbush.",
        "Tesla recruited volunteers for the test, including Dana Whitfield, a teacher from Ohio.",
        "Dana Whitfield moved from San Francisco to London in 2021 with her family.",
        "Peter Sand left the meeting at Google’s offices before noon.",
        "Dana Whitfield returned to Google’s campus on Tuesday for the hearing.",
        "The startup’s investors include Dana Whitfield, Peter Sand and OpenAI.",
        "OpenAI appointed Deloitte as its auditor, said Dana Whitfield.",
        "Dana Whitfield became the first woman to win the Turing Award. She works at Google.",
        "Google took over the project from NASA, according to Dana Whitfield.",
        "xAI sued former engineer Dana Whitfield, accusing her of taking its code to OpenAI.",
        "Dana Whitfield led Google to victory in the case.",
        "Dana Whitfield signed an open letter together with employees of OpenAI and Google.",
        "The book by Dana Whitfield follows five engineers at Google through a year of layoffs.",
        "Peter Sand, an analyst at Gartner, expects Apple to join the alliance.",
        "Microsoft lost the contract to Amazon, Dana Whitfield told reporters.",
        "OpenAI brought Dana Whitfield’s voice back with a new model.",
        "Dana Whitfield picks up her phone at Google’s office and laughs.",
        "Mistral added Dana Whitfield’s paper to its reading list.",
        "Anthropic’s Dana Whitfield and OpenAI’s Peter Sand will appear before the committee on Thursday.",
        "OpenAI started a fund with Dana Whitfield as adviser to the trustees of Stanford.",
        "The move by Apple surprised Dana Whitfield, an analyst at IDC.",
        "Apple’s exit from China was gradual, Peter Sand of Counterpoint said.",
        "The departure of Flight 204 was delayed, said Dana Whitfield, a spokeswoman for Delta.",
        "Dana Whitfield, the founder of Fathom Labs, spoke at Google’s event.",
        "Google dropped Peter Sand’s feature from Gemini.",
        "Meta won Dana Whitfield’s lawsuit.",
        "Peter Sand bought shares in Tesla and left Apple off his list.",
        "Cohere put Dana Whitfield’s face on a billboard.",
        "Hugging Face welcomed Dana Whitfield and 300 other guests to its party in Paris.",
    ],
)
def test_it_finds_no_move(text):
    assert moves(text) == []
