"""Sentence tables of the English moves: who, from where, to where, and how."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def moves(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    return [(_who(m), m.origin and m.origin.org, m.destination and m.destination.org, m.kind) for m in found]


def _who(move):
    return move.person.name if move.person else (move.cohort.min, move.cohort.max, move.cohort.of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rana Whitfield has left Google DeepMind to join Anthropic as head of safety.",
            [("Rana Whitfield", "Google DeepMind", "Anthropic", "hire")],
        ),
        ("Former OpenAI researcher Daniel Okafor has joined xAI.", [("Daniel Okafor", "OpenAI", "xAI", "hire")]),
        ("Daniel Okafor, formerly of OpenAI, joined xAI last week.", [("Daniel Okafor", "OpenAI", "xAI", "hire")]),
        ("Jan Novak moved from Google Brain to OpenAI in 2021.", [("Jan Novak", "Google", "OpenAI", "hire")]),
        ("Eva Klein defected to ByteDance, where she will lead a team.", [("Eva Klein", None, "ByteDance", "hire")]),
        (
            "Ines Duarte is returning to Google after two years at Inflection AI.",
            [("Ines Duarte", "Inflection AI", "Google", "return")],
        ),
        ("Lukas Berg, who spent five years at Apple, is joining Meta.", [("Lukas Berg", "Apple", "Meta", "hire")]),
        ("Salesforce veteran Emeka Obi takes the helm at Slack.", [("Emeka Obi", "Salesforce", "Slack", "hire")]),
        ("Lukas Berg started at Anthropic last week.", [("Lukas Berg", None, "Anthropic", "hire")]),
        (
            "Karan Patel, formerly at Perplexity, now works at Anthropic.",
            [("Karan Patel", "Perplexity", "Anthropic", "hire")],
        ),
        (
            '"I\'m thrilled to be joining Microsoft," Ravi Menon wrote on LinkedIn.',
            [("Ravi Menon", None, "Microsoft", "hire")],
        ),
    ],
)
def test_it_follows_people_who_arrive(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Meta has poached Priya Raman, a senior researcher at Anthropic.",
            [("Priya Raman", "Anthropic", "Meta", "hire")],
        ),
        (
            "Microsoft hired Lena Fischer away from Google to run its Zurich lab.",
            [("Lena Fischer", "Google", "Microsoft", "hire")],
        ),
        ("Google snagged Cohere's chief scientist Hana Sato.", [("Hana Sato", "Cohere", "Google", "hire")]),
        ("Apple's head of audio, Hana Sato, was lured away by Nvidia.", [("Hana Sato", "Apple", "Nvidia", "hire")]),
        (
            "Anthropic has hired Jan Novak, Eva Klein and Omar Aziz from OpenAI.",
            [
                ("Jan Novak", "OpenAI", "Anthropic", "hire"),
                ("Eva Klein", "OpenAI", "Anthropic", "hire"),
                ("Omar Aziz", "OpenAI", "Anthropic", "hire"),
            ],
        ),
        (
            "Meta poached Lukas Berg from Apple and Ana Costa from Google.",
            [("Lukas Berg", "Apple", "Meta", "hire"), ("Ana Costa", "Google", "Meta", "hire")],
        ),
        (
            "Meta hires three OpenAI researchers: Lukas Berg, Ana Costa and Tim Rowe.",
            [
                ("Lukas Berg", "OpenAI", "Meta", "hire"),
                ("Ana Costa", "OpenAI", "Meta", "hire"),
                ("Tim Rowe", "OpenAI", "Meta", "hire"),
            ],
        ),
        (
            "Meta's recent hires include Lukas Berg from Apple and Ana Costa from Google DeepMind.",
            [("Lukas Berg", "Apple", "Meta", "hire"), ("Ana Costa", "Google DeepMind", "Meta", "hire")],
        ),
        (
            "Those joining Meta include Emeka Obi and Yuki Tanabe from OpenAI, and Sara Lindholm from Google DeepMind.",
            [
                ("Emeka Obi", "OpenAI", "Meta", "hire"),
                ("Yuki Tanabe", "OpenAI", "Meta", "hire"),
                ("Sara Lindholm", "Google DeepMind", "Meta", "hire"),
            ],
        ),
        (
            "AMD has hired the team behind AI startup Lumigen, including co-founder Sharon Zell.",
            [((None, None, None), "Lumigen", "AMD", "hire"), ("Sharon Zell", "Lumigen", "AMD", "hire")],
        ),
        ("Lukas Berg has been tapped to lead Meta's new lab.", [("Lukas Berg", None, "Meta", "hire")]),
    ],
)
def test_it_follows_people_who_are_taken(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Carla Jensen is stepping down as chief executive of Stability AI.",
            [("Carla Jensen", "Stability AI", None, "departure")],
        ),
        ("Lukas Berg, an OpenAI co-founder, has quit.", [("Lukas Berg", "OpenAI", None, "departure")]),
        (
            "The departure of Ines Duarte from OpenAI surprised colleagues.",
            [("Ines Duarte", "OpenAI", None, "departure")],
        ),
        (
            "OpenAI's chief research officer, Ines Duarte, announced her departure on X.",
            [("Ines Duarte", "OpenAI", None, "departure")],
        ),
        ("Eva Klein was fired from OpenAI in April.", [("Eva Klein", "OpenAI", None, "departure")]),
        (
            "Safe Superintelligence has parted ways with its chief executive, Piotr Wolski.",
            [("Piotr Wolski", "Safe Superintelligence", None, "departure")],
        ),
        (
            "Lena Fischer, who joined Meta in June from Google DeepMind, has left after less than two months.",
            [("Lena Fischer", "Google DeepMind", "Meta", "hire"), ("Lena Fischer", "Meta", None, "departure")],
        ),
        (
            "Kyra Kosik left xAI for OpenAI last year, followed by Google veteran Christof Szabo in February.",
            [("Kyra Kosik", "xAI", "OpenAI", "hire"), ("Christof Szabo", "xAI", None, "departure")],
        ),
        ("Emeka Obi is out as head of AI at Samsung.", [("Emeka Obi", "Samsung", None, "departure")]),
        (
            "OpenAI co-founder Ina Suter and safety leader Jan Leiken announced their resignations.",
            [("Ina Suter", "OpenAI", None, "departure"), ("Jan Leiken", "OpenAI", None, "departure")],
        ),
    ],
)
def test_it_follows_people_who_leave(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI appointed Ravi Menon chief financial officer on Monday.", [("Ravi Menon", None, "OpenAI", "hire")]),
        (
            "Nvidia named former Intel executive Carla Jensen as its head of robotics.",
            [("Carla Jensen", "Intel", "Nvidia", "hire")],
        ),
        (
            "Carla Jensen will take over as CEO of Stability AI in January.",
            [("Carla Jensen", None, "Stability AI", "hire")],
        ),
        (
            "Windsurf's head of business, Jeff Wander, has stepped into the role of interim CEO.",
            [("Jeff Wander", "Windsurf", "Windsurf", "internal")],
        ),
        (
            "Eva Klein was promoted to vice president of research at Nvidia.",
            [("Eva Klein", None, "Nvidia", "internal")],
        ),
        (
            "Graphcore CEO Niall Toonan is stepping aside and will be succeeded by Marco Rossi.",
            [("Niall Toonan", "Graphcore", None, "departure"), ("Marco Rossi", None, "Graphcore", "hire")],
        ),
    ],
)
def test_it_follows_changes_of_role(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Noor Haddad and Sam Lee co-founded Zephyr Labs in 2023 after leaving Google.",
            [("Noor Haddad", "Google", "Zephyr Labs", "founding"), ("Sam Lee", "Google", "Zephyr Labs", "founding")],
        ),
        ("Noor Haddad left DeepMind to start her own company.", [("Noor Haddad", "Google DeepMind", None, "founding")]),
        (
            "Startup Zephyr AI was founded by former DeepMind researchers Mika Lask and Ioan Antonov.",
            [
                ("Mika Lask", "Google DeepMind", "Zephyr AI", "founding"),
                ("Ioan Antonov", "Google DeepMind", "Zephyr AI", "founding"),
            ],
        ),
        (
            "DeepMind alumni Ann Wu and Leo Marx have launched Cadenza, a music AI startup.",
            [
                ("Ann Wu", "Google DeepMind", "Cadenza", "founding"),
                ("Leo Marx", "Google DeepMind", "Cadenza", "founding"),
            ],
        ),
        ("Dan Kane, who also co-founded Cruise, spoke next.", []),
    ],
)
def test_it_follows_founders(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three senior engineers quit Apple for OpenAI in August.", [((3, 3, None), "Apple", "OpenAI", "hire")]),
        ("At least a dozen employees have departed xAI since July.", [((12, None, None), "xAI", None, "departure")]),
        (
            "Half a dozen researchers from OpenAI have joined Meta's superintelligence team.",
            [((6, 6, None), "OpenAI", "Meta", "hire")],
        ),
        (
            "More than 20 employees have left Apple's AI team this year.",
            [((20, None, None), "Apple", None, "departure")],
        ),
        ("Apple lost two more senior researchers to Meta this month.", [((2, 2, None), "Apple", "Meta", "hire")]),
        ("Ten of the company's 12 co-founders have left xAI.", [((10, 10, 12), "xAI", None, "departure")]),
        (
            "At least three researchers have quit Meta, with two of them returning to OpenAI.",
            [((3, None, None), "Meta", None, "departure"), ((2, 2, None), "Meta", "OpenAI", "return")],
        ),
        ("Meta hires OpenAI trio.", [((3, 3, None), "OpenAI", "Meta", "hire")]),
        (
            "OpenAI bought Zephyr AI. The entire Zephyr AI team will join OpenAI.",
            [((None, None, None), "Zephyr AI", "OpenAI", "acquihire")],
        ),
    ],
)
def test_it_follows_groups(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "OpenAI co-founder Jon Schuler has left the company. Schuler is joining Anthropic.",
            [("Jon Schuler", "OpenAI", "Anthropic", "hire")],
        ),
        (
            "Zephyr AI has lost one of its co-founders to Meta. Andrea Tull, a co-founder, announced her departure.",
            [("Andrea Tull", "Zephyr AI", "Meta", "hire")],
        ),
        (
            "Boris Chern and Kat Wuu returned to Anthropic shortly after leaving for Anysphere.",
            [
                ("Boris Chern", "Anthropic", "Anysphere", "hire"),
                ("Boris Chern", "Anysphere", "Anthropic", "return"),
                ("Kat Wuu", "Anthropic", "Anysphere", "hire"),
                ("Kat Wuu", "Anysphere", "Anthropic", "return"),
            ],
        ),
    ],
)
def test_it_joins_what_two_sentences_tell(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lukas Berg left Apple. The departure of Lukas Berg from Apple hurts.",
            [("Lukas Berg", "Apple", None, "departure")],
        ),
        (
            "Varun Mohan joined Google. Mohan will work at the Google DeepMind team.",
            [("Varun Mohan", None, "Google", "hire")],
        ),
    ],
)
def test_it_tells_a_move_once(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Google agreed to pay $2.4 billion to license Windsurf's technology and hire CEO Lukas Berg.",
            [("Lukas Berg", "Windsurf", "Google", "acquihire")],
        ),
        (
            "Nvidia struck a $900 million deal to hire Enfabrica CEO Emeka Obi and license its technology.",
            [("Emeka Obi", "Enfabrica", "Nvidia", "acquihire")],
        ),
    ],
)
def test_it_sees_acquihires(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Microsoft joins Meta and Google in the race for AI talent.", []),
        ("GPT-5 joins Claude on Amazon Bedrock.", []),
        ("Nvidia joined the Dow Jones Industrial Average, replacing Intel.", []),
        ("The striker left Barcelona to join Chelsea in a deal worth 60 million euros.", []),
        ("Senator Jane Doe left the Democratic Party and joined the Republicans.", []),
        ("Demis Hassabis, CEO of Google DeepMind, said the model was good.", []),
        ("Sara Lind, CEO of Klarna, said the company plans to hire 500 engineers.", []),
        ("Google is offering stock to prevent its talent from leaving for OpenAI.", []),
        ("OpenAI could lose Lukas Berg if the talks fail.", []),
        ("Emeka Obi, who rose to fame as a YouTube star, joined the podcast on Tuesday.", []),
        ("Anthropic is hiring a senior engineer in London.", []),
    ],
)
def test_it_leaves_other_news_alone(text, expected):
    assert moves(text) == expected
