"""Who says so in English, and with which status."""

import pytest

from articles.extraction.document import Span
from articles.extraction.en.attribution import attribute
from tests.extraction.read import read


def told(text, claim, **kwargs):
    kwargs.setdefault("organisations", ("Acme", "Bolt"))
    kwargs.setdefault("people", ("Ada Byrne", "Cy Dole", "she=Ada Byrne"))
    reading = read(text, **kwargs)
    at = text.index(claim)
    sentence = next(s for s in reading.sentences if s.start <= at < s.end)
    return attribute(reading, sentence, Span(at, at + len(claim)))


@pytest.mark.parametrize(
    ("text", "claim", "who", "kind", "count"),
    [
        ("Ada Byrne left Acme, according to Reuters.", "Ada Byrne left Acme", "Reuters", "outlet", None),
        ("Ada Byrne left Acme, the Financial Times reported.", "Ada Byrne left Acme", "the Financial Times", "outlet", None),
        ("According to two people familiar with the matter, Ada Byrne left Acme.", "Ada Byrne left Acme", "two people familiar with the matter", "unnamed", 2),
        ("Three former employees said Acme pays well.", "Acme pays well", "Three former employees", "unnamed", 3),
        ("Acme announced on Friday that Ada Byrne is joining.", "Ada Byrne is joining", "Acme", "company", None),
        ("An Acme spokesperson said Cy Dole had left.", "Cy Dole had left", "An Acme spokesperson", "company", None),
        ("Cy Dole said Ada Byrne left.", "Ada Byrne left", "Cy Dole", "person", None),
        ("“Ada is joining us,” said Cy Dole.", "Ada is joining us", "Cy Dole", "person", None),
        ("An internal memo said Acme would cut 300 jobs.", "Acme would cut 300 jobs", "An internal memo", "document", None),
        ("Various press reports have noted eight people who left Acme.", "eight people who left Acme", "Various press reports", "outlet", None),
        ("Harbour Gazette reported on Tuesday that Ada Byrne left Acme.", "Ada Byrne left Acme", "Harbour Gazette", "outlet", None),
        ("Ada Byrne left Acme, The Lantern first reported.", "Ada Byrne left Acme", "The Lantern", "outlet", None),
        ("Ada Byrne left Acme, a report by The Lantern said.", "Ada Byrne left Acme", "The Lantern", "outlet", None),
        ("Ada Byrne left Acme, according to a report in the Lantern.", "Ada Byrne left Acme", "the Lantern", "outlet", None),
        ("The Lantern, citing two people familiar with the matter, reported that Ada Byrne left Acme.", "Ada Byrne left Acme", "The Lantern", "outlet", None),
        ("Acme reported that Ada Byrne left.", "Ada Byrne left", "Acme", "company", None),
        ("“I left Acme today. It was a good run,” Ada Byrne wrote.", "I left Acme today", "Ada Byrne", "person", None),
    ],
)  # fmt: skip
def test_it_finds_who_says_so(text, claim, who, kind, count):
    attribution, _ = told(text, claim)
    assert (attribution.text, attribution.kind, attribution.count) == (who, kind, count)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Ada Byrne announced she was leaving Acme.", "Ada Byrne announced she was leaving Acme", "confirmed"),
        ("Acme said Ada Byrne had joined the company from Bolt.", "Ada Byrne had joined the company", "confirmed"),
        ("Acme chief Cy Dole said Acme hired Ada Byrne.", "Acme hired Ada Byrne", "confirmed"),
        ("Cy Dole said Bolt hired Ada Byrne.", "Bolt hired Ada Byrne", "reported"),
        ("Ada Byrne will join Acme.", "Ada Byrne will join Acme", "planned"),
        ("Ada Byrne is rumored to be leaving Acme.", "Ada Byrne is rumored to be leaving Acme", "rumoured"),
        ("Ada Byrne turned down an offer from Acme.", "Ada Byrne turned down an offer from Acme", "declined"),
        ("Acme denied that Ada Byrne had left.", "Acme denied that Ada Byrne had left", "denied"),
        ("Acme hired Ada Byrne. A spokesperson called the report inaccurate.", "Acme hired Ada Byrne", "denied"),
        ("Ada Byrne left Acme.", "Ada Byrne left Acme", None),
        ("Ada Byrne left Acme and declined to comment.", "Ada Byrne left Acme and declined to comment", None),
    ],
)
def test_it_reads_the_status_from_the_wording(text, claim, status):
    assert told(text, claim)[1] == status


def test_it_confirms_pay_only_by_the_word_of_the_payer():
    text = "Cy Dole, who runs Bolt, said Acme offered Bolt staff $5 million."
    reading = read(text, organisations=("Acme", "Bolt"), people=("Cy Dole",))
    at = text.index("Acme")
    _, status = attribute(reading, reading.sentences[0], Span(at, len(text)), about="Acme")
    assert status == "reported"
