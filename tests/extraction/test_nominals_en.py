"""Sentence tables of moves that nouns tell, and of jobs that pass from one to another."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def moves(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    told = [(_who(m), m.origin and m.origin.org, m.destination and m.destination.org) for m in found]
    return sorted(told, key=str)


def _who(move):
    return move.person.name if move.person else (move.cohort.min, move.cohort.max, move.cohort.of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The hire of Nadia Ferrell from Stripe gives Cohere its first head of sales.",
            [("Nadia Ferrell", "Stripe", "Cohere")],
        ),
        (
            "Cohere’s hire of Nadia Ferrell, who led sales at Stripe, was announced on Tuesday.",
            [("Nadia Ferrell", "Stripe", "Cohere")],
        ),
        (
            "Nadia Ferrell’s exit from Stripe comes weeks after a reorganisation.",
            [("Nadia Ferrell", "Stripe", None)],
        ),
        (
            "Nadia Ferrell left Stripe in March. Her move to Cohere was first reported by The Information.",
            [("Nadia Ferrell", "Stripe", "Cohere")],
        ),
        (
            "Within a week of Priya Nair’s resignation from Apple, Jonas Weil also quit the company.",
            [("Jonas Weil", "Apple", None), ("Priya Nair", "Apple", None)],
        ),
        (
            "The loss of Karim Haddad to Anthropic is a blow for Inflection.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "Karim Haddad’s defection to Anthropic leaves Inflection AI without a chief scientist.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "Karim Haddad’s appointment was announced by Anthropic on Tuesday. He ran safety at Inflection AI.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "News of Karim Haddad’s hiring by Anthropic broke on Tuesday.",
            [("Karim Haddad", None, "Anthropic")],
        ),
        (
            "Nvidia’s shares fell 2% on news of the departure of Helena Voss, its head of software.",
            [("Helena Voss", "Nvidia", None)],
        ),
    ],
)
def test_it_reads_moves_from_nouns(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Priya Nair has stepped down from her post at Apple; she will be succeeded by Jonas Weil.",
            [("Jonas Weil", None, "Apple"), ("Priya Nair", "Apple", None)],
        ),
        (
            "Petra Lang, 34, was named to lead Suno’s research. She succeeds Robin Hale, who left for Udio in May.",
            [("Petra Lang", None, "Suno"), ("Robin Hale", "Suno", "Udio")],
        ),
        (
            "OpenAI product chief Vera Novik steps down; Greg Holt named successor",
            [("Greg Holt", None, "OpenAI"), ("Vera Novik", "OpenAI", None)],
        ),
        (
            "Greg Holt named OpenAI product chief as Vera Novik exits",
            [("Greg Holt", None, "OpenAI"), ("Vera Novik", "OpenAI", None)],
        ),
        (
            "OpenAI appoints Greg Holt as product chief, succeeding Vera Novik",
            [("Greg Holt", None, "OpenAI")],
        ),
        (
            "Sal Reyes takes over the role from Mina Cho, who left OpenAI in June.",
            [("Mina Cho", "OpenAI", None), ("Sal Reyes", None, "OpenAI")],
        ),
        (
            "Her successor, Sal Reyes, comes to OpenAI from Stripe.",
            [("Sal Reyes", "Stripe", "OpenAI")],
        ),
        (
            "Helena Voss departed for AMD in May. Her deputy at Nvidia, Markus Klein, was promoted to replace her.",
            [("Helena Voss", None, "AMD"), ("Markus Klein", "Nvidia", "Nvidia")],
        ),
        (
            "Nvidia promoted Markus Klein to succeed Helena Voss, who left for AMD in May.",
            [("Helena Voss", "Nvidia", "AMD"), ("Markus Klein", None, "Nvidia")],
        ),
        (
            "Tessen co-founder Lior Adler is out. The board named Osei Mensah, the CTO, to replace him.",
            [("Lior Adler", "Tessen", None), ("Osei Mensah", None, "Tessen")],
        ),
    ],
)
def test_it_reads_who_follows_whom(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tesla has promoted Marcus Odell to vice president of robotics.",
            [("Marcus Odell", None, "Tesla")],
        ),
        (
            "Priya Nair, a vice president at Google, is moving into a new role overseeing Gemini.",
            [("Priya Nair", None, "Google")],
        ),
        (
            "Google CEO Sundar Pichai told staff that Priya Nair would take on a new role as chief AI architect.",
            [("Priya Nair", None, "Google")],
        ),
        (
            "Priya Nair, chief operating officer at Lumio, has been elevated to chief executive.",
            [("Priya Nair", None, "Lumio")],
        ),
        (
            "Priya Nair has left her role as director of machine learning at Apple to become a partner at Lumio Capital.",
            [("Priya Nair", "Apple", "Lumio Capital")],
        ),
        (
            "Sal Reyes has been put in charge of OpenAI’s enterprise business.",
            [("Sal Reyes", None, "OpenAI")],
        ),
        (
            "AMD has a new head of software. The company said on Monday that Helena Voss, a Nvidia veteran, had taken the job.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD on Monday unveiled its new head of software, Helena Voss. Voss had led compilers at Nvidia since 2016.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD’s latest coup is Helena Voss, until now Nvidia’s head of software.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "Helena Voss assumed the role of head of software at AMD in May.",
            [("Helena Voss", None, "AMD")],
        ),
        (
            "Helena Voss has assumed leadership of AMD’s software group.",
            [("Helena Voss", None, "AMD")],
        ),
        (
            "AMD gave the job to Helena Voss, a former Nvidia director.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "The job went to Helena Voss, a former Nvidia director, AMD said.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD’s choice for the job is Helena Voss, a former Nvidia director.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD settled on Helena Voss, a former Nvidia director, after a six-month search.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "Lior Adler will hand over the reins of Tessen to Osei Mensah on January 1.",
            [("Osei Mensah", None, "Tessen")],
        ),
        (
            "Tessen’s board has elevated Osei Mensah to chief executive.",
            [("Osei Mensah", None, "Tessen")],
        ),
    ],
)
def test_it_reads_jobs_given_and_taken(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "OpenAI hires Tesla engineering chief Marcus Odell",
            [("Marcus Odell", "Tesla", "OpenAI")],
        ),
        (
            "Tesla loses robotics lead Marcus Odell to OpenAI",
            [("Marcus Odell", "Tesla", "OpenAI")],
        ),
        (
            "Marcus Odell leaves Tesla for OpenAI",
            [("Marcus Odell", "Tesla", "OpenAI")],
        ),
        (
            "Marcus Odell out at Tesla",
            [("Marcus Odell", "Tesla", None)],
        ),
        (
            "Priya Nair exits Lumio, heads to Meta",
            [("Priya Nair", "Lumio", "Meta")],
        ),
        (
            "Ex-Lumio CTO Priya Nair joins Meta",
            [("Priya Nair", "Lumio", "Meta")],
        ),
        (
            "Meta taps Lumio’s Priya Nair to run wearables",
            [("Priya Nair", "Lumio", "Meta")],
        ),
        (
            "Lumio names Priya Nair CEO",
            [("Priya Nair", None, "Lumio")],
        ),
        (
            "Lumio CEO Priya Nair to step down",
            [("Priya Nair", "Lumio", None)],
        ),
        (
            "Priya Nair to join Meta as VP of wearables",
            [("Priya Nair", None, "Meta")],
        ),
        (
            "Apple AI exec Priya Nair to depart for Meta: report",
            [("Priya Nair", "Apple", "Meta")],
        ),
        (
            "AMD fellow Osei Mensah to join robotics chip startup Tessen as CTO",
            [("Osei Mensah", "AMD", "Tessen")],
        ),
    ],
)
def test_it_reads_headlines(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“After six wonderful years, I’ve decided to leave OpenAI,” Priya Nair wrote on LinkedIn.",
            [("Priya Nair", "OpenAI", None)],
        ),
        (
            "“We are excited to welcome Priya Nair to the team,” said Jonas Weil, chief executive of Lumio. Nair was at Apple for nine years.",
            [("Priya Nair", "Apple", "Lumio")],
        ),
        (
            "“I am thrilled to share that I have joined Corvex as head of people,” Anita Rao wrote in a LinkedIn post. Before that she was at Intel for twelve years.",
            [("Anita Rao", "Intel", "Corvex")],
        ),
        (
            "“We’re joining Google,” Nightjar founder Karim Haddad wrote in a blog post.",
            [("Karim Haddad", "Nightjar", "Google")],
        ),
        (
            "“I was laid off from Tessen today,” Osei Mensah wrote on LinkedIn.",
            [("Osei Mensah", "Tessen", None)],
        ),
        (
            "“Today is my first day at Tessen!” Osei Mensah wrote on LinkedIn.",
            [("Osei Mensah", None, "Tessen")],
        ),
        (
            "“I have decided to leave Tessen,” wrote Osei Mensah in an email to staff.",
            [("Osei Mensah", "Tessen", None)],
        ),
        (
            "“After much thought, I’ve accepted an offer from Tessen,” Osei Mensah told this newsletter.",
            [("Osei Mensah", None, "Tessen")],
        ),
    ],
)
def test_it_reads_who_speaks_of_their_own_move(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Priya Nair turned down an offer from Meta and will stay at OpenAI.",
            [("Priya Nair", "OpenAI", "Meta")],
        ),
        (
            "Meta tried to recruit Petra Lang, but she decided to stay at Suno.",
            [("Petra Lang", "Suno", "Meta")],
        ),
        (
            "Petra Lang rejected a $100 million offer from Meta to remain at Suno.",
            [("Petra Lang", "Suno", "Meta")],
        ),
        (
            "Suno co-founder Petra Lang said no to Meta.",
            [("Petra Lang", "Suno", "Meta")],
        ),
        (
            "Reports that Osei Mensah was joining Tessen are wrong, AMD said.",
            [("Osei Mensah", None, "Tessen")],
        ),
        (
            "AMD denied that Osei Mensah was leaving.",
            [("Osei Mensah", "AMD", None)],
        ),
        (
            "Osei Mensah denied he was leaving AMD.",
            [("Osei Mensah", "AMD", None)],
        ),
        (
            "Osei Mensah refused to leave AMD for Tessen.",
            [("Osei Mensah", "AMD", "Tessen")],
        ),
    ],
)
def test_it_reads_what_happened_to_those_who_were_asked(text, expected):
    assert moves(text) == expected
