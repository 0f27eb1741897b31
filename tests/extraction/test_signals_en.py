"""English signs of hiring and shrinking."""

import pytest

from articles.extraction.en.signals import find_signals
from tests.extraction.read import read


def found(text, **kwargs):
    kwargs.setdefault("organisations", ("Acme", "Bolt"))
    return find_signals(read(text, **kwargs))


@pytest.mark.parametrize(
    ("text", "metric", "low", "high", "unit"),
    [
        ("Acme is laying off 200 employees.", "layoffs", 200, 200, "people"),
        ("Acme has laid off at least 500 workers from its data team.", "layoffs", 500, None, "people"),
        ("Acme will cut up to 1,000 jobs.", "layoffs", None, 1000, "jobs"),
        ("Acme lays off 14% of its staff.", "layoffs", 14, 14, "percent"),
        ("Acme laid off half of its staff.", "layoffs", 50, 50, "percent"),
        ("About 300 Acme employees were let go.", "layoffs", 300, 300, "people"),
        ("Acme announced 16,000 additional job cuts.", "layoffs", 16_000, 16_000, "jobs"),
        ("Acme laid off 1,900 after the deal.", "layoffs", 1900, 1900, "people"),
        ("Acme will reduce its headcount by about 14,000.", "layoffs", 14_000, 14_000, "people"),
        ("Acme told around 300 workers that they may lose their jobs.", "layoffs", 300, 300, "people"),
        ("Acme is laying off as many as 900 employees.", "layoffs", None, 900, "people"),
        ("Acme expands its layoffs to 1,800.", "layoffs", 1800, 1800, "people"),
        ("Acme laid off 10% of its contractors.", "layoffs", 10, 10, "percent"),
        ("Acme lays off 9% of workforce.", "layoffs", 9, 9, "percent"),
        ("At Acme, 9% of workforce cut as orders fall.", "layoffs", 9, 9, "percent"),
        ("Acme has proposed the loss of up to 200 jobs.", "layoffs", None, 200, "jobs"),
        ("Acme begins corporate layoffs.", "layoffs", None, None, "people"),
        ("Layoff notices went out at Acme on Tuesday.", "layoffs", None, None, "people"),
        ("Hundreds cut from Acme as sales slow.", "layoffs", 100, None, "people"),
        ("Acme tops the list with job cuts—around 4% of its workforce—this year.", "layoffs", 4, 4, "percent"),
        ("Bolt grows. Acme’s planned 30% workforce reduction is deep.", "layoffs", 30, 30, "percent"),
        ("Acme announced a 900-person layoff.", "layoffs", 900, 900, "people"),
        ("Acme’s roughly 4,000 employees received a letter.", "headcount", 4000, 4000, "people"),
        ("Acme plans to nearly double its headcount to about 800 employees.", "hiring_plan", 800, 800, "people"),
        ("Acme is adding 550 jobs in Leeds.", "hiring_plan", 550, 550, "jobs"),
        ("Acme also laid off staff this summer.", "layoffs", None, None, "people"),
        ("Acme has roughly 3,000 employees.", "headcount", 3000, 3000, "people"),
        ("She oversees most of Acme's roughly 3,000 employees.", "headcount", 3000, 3000, "people"),
        ("Acme employs more than 1,200 people.", "headcount", 1200, None, "people"),
        ("Acme, with a staff of about 770, makes chips.", "headcount", 770, 770, "people"),
        ("Headcount at Acme has grown to 6,000.", "headcount", 6000, 6000, "people"),
        ("Acme plans to hire 100 engineers.", "hiring_plan", 100, 100, "people"),
        ("Acme wants to hire 100 more in Paris.", "hiring_plan", 100, 100, "people"),
        ("Acme will double its workforce to 8,000.", "hiring_plan", 8000, 8000, "people"),
        ("Acme would staff up around its sales unit.", "hiring_plan", None, None, "people"),
        ("Acme has more than 200 open roles.", "openings", 200, None, "openings"),
        ("Acme paused hiring in its research unit.", "hiring_freeze", None, None, None),
        ("Acme made job offers without conducting interviews.", "practice", None, None, None),
        ("Acme CEO personally emailed researchers at Bolt.", "practice", None, None, None),
        ("Acme holds its researchers with noncompetes of a year.", "practice", None, None, None),
        ("Acme CEO hosted candidates at home.", "practice", None, None, None),
        ("Acme has frozen corporate hiring for the year.", "hiring_freeze", None, None, None),
        ("Acme has cut jobs over the past quarter.", "layoffs", None, None, "people"),
        ("Acme had initiated layoffs for around 200 executives.", "layoffs", 200, 200, "people"),
        ("Acme raised its own tally to more than 18,000.", "layoffs", 18_000, None, "people"),
        ("Acme trained many, and roughly 500 of those were later laid off.", "layoffs", 500, 500, "people"),
        ("Acme is actively recruiting top engineers.", "hiring_plan", None, None, "people"),
        ("At Acme, Ada runs the team that oversaw more than a thousand tutors.", "headcount", 1000, None, "people"),
        ("Acme says: “We are now 640 people in five cities.”", "headcount", 640, 640, "people"),
        ("Acme set a date after it had expanded its team to 300 people.", "headcount", 300, 300, "people"),
        ("Acme has advertised eight lectureships since January.", "openings", 8, 8, "openings"),
        ("Acme is using special stock grants to keep its researchers.", "practice", None, None, None),
    ],
)
def test_it_reads_a_signal(text, metric, low, high, unit):
    (claim,) = found(text)
    assert (claim.org, claim.metric, claim.min, claim.max, claim.unit) == ("Acme", metric, low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Acme lost four key researchers leaving the firm within days of each other.",
        "Acme grew by hiring around two dozen employees from Bolt over the past few months.",
        "Acme has signed up 260 customers with 150,000 employees combined.",
        "Acme will create over 100,000 jobs in the country.",
        "With around 300 fewer employees, Acme has a hard task.",
        "Only a few dozen to a thousand researchers worldwide could help Acme.",
        "Acme's founder led an office that fired tens of thousands of federal workers.",
        "Acme found that employers are already eliminating entry-level jobs.",
        "Acme has 300 million weekly users.",
        "More than 700 Acme employees signed a letter.",
        "Eight people left Acme last week.",
        "Acme trained its model on 100,000 GPUs.",
        "Acme cut prices by 14%.",
        "AI could eliminate many jobs, Acme warned.",
        "Acme released a model that eliminates 90% of positions.",
        "Acme will not lay off any of its 200 employees this year.",
        "Three former Acme employees said so.",
        "Acme raised 200 million dollars.",
        "The conference drew 3,000 researchers from Acme and Bolt.",
    ],
)
def test_it_takes_no_other_count_for_a_signal(text):
    assert [c for c in found(text) if c.metric != "headcount" or c.min != 200] == []


def test_it_reads_several_counts_of_one_sentence():
    claims = found("Acme is laying off 200 employees, roughly 14% of its staff, and cutting ties with 500 contractors.")
    assert sorted((c.min, c.unit) for c in claims) == [(14, "percent"), (200, "people"), (500, "contractors")]


def test_it_finds_the_employer_in_an_earlier_sentence():
    (claim,) = found("Acme is shrinking. The company will cut 300 jobs.")
    assert claim.org == "Acme"


def test_it_believes_the_company_about_itself():
    (claim,) = found("Acme said it will cut 300 jobs last week.")
    assert (claim.status, claim.attribution.text) == ("planned", "Acme")


def test_it_finds_an_employer_that_no_list_knows():
    (claim,) = found("Foobar Systems will cut 800 workers.", organisations=())
    assert claim.org == "Foobar Systems"


def test_it_reads_both_ends_of_a_shrinking():
    claims = found("The cuts whittled Acme down from its peak of about 1,400 employees to less than 600.")
    assert [(c.metric, c.min, c.max) for c in claims] == [("headcount", 1400, 1400), ("headcount", None, 600)]


def test_it_takes_the_time_before_a_firm_for_no_list_of_firms():
    (claim,) = found("In November, Acme laid off 200 employees.")
    assert (claim.org, claim.min) == ("Acme", 200)


def test_it_takes_no_place_for_an_employer():
    claims = found(
        "The company laid off 90 Charlotte employees from its trading arm, Acme Capital.",
        organisations=("Acme Capital",),
    )
    assert [(c.org, c.min) for c in claims] == [("Acme Capital", 90)]


def test_it_knows_a_firm_by_its_ticker():
    claims = found("Layoff notices hit the Oakline (Nasdaq: OAKL) campus on Tuesday.", organisations=())
    assert [c.org for c in claims] == ["Oakline"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Acme is reducing its workforce from 10,000 to about 6,000 employees.", [10_000, 6000]),
        ("Acme cut its annotation team from 1,500 to 900.", [1500, 900]),
        ("Acme's workforce shrank to 3,500 from 5,000.", [3500, 5000]),
        ("Acme had 240 employees in 2023 and now has about 1,100.", [240, 1100]),
    ],
)
def test_it_reads_the_size_before_and_after_a_change(text, counts):
    claims = found(text)
    assert {c.metric for c in claims} == {"headcount"}
    assert sorted(c.min for c in claims) == sorted(counts)


def test_it_reads_layoffs_by_department():
    assert [c.min for c in found("Acme will lay off 15% in manufacturing and 20% in engineering.")] == [15, 20]


def test_it_reads_a_second_round_without_its_noun():
    assert [c.min for c in found("Acme laid off 1,900 employees in January and 650 more in September.")] == [1900, 650]


def test_a_bare_statement_counts_for_each_firm_of_a_list():
    claims = found("Names such as Acme, Bolt and Copper, among others, have cut jobs over the past quarter.")
    assert [c.org for c in claims] == ["Acme", "Bolt", "Copper"]


def test_a_plan_that_is_counted_is_planned_whoever_tells_of_it():
    (claim,) = found("Acme plans to hire 100 engineers, two people said.")
    assert claim.status == "planned"


@pytest.mark.parametrize(
    ("text", "org"),
    [
        (
            "After Bolt's deal for the chief of Acme, leaving the rest of the 250-person team behind, all was quiet.",
            "Acme",
        ),
        ("Acme, a start-up, beat Bolt. The startup now employs about 50 people.", "Acme"),
        ("Acme: Layoffs affecting roughly 200 people.", "Acme"),
        ("Bolt's investors include Acme. The funds will help Bolt expand the team.", "Bolt"),
    ],
)
def test_it_tells_whose_staff_is_counted(text, org):
    assert {c.org for c in found(text)} == {org}


def test_a_foundation_that_bears_a_chiefs_name_is_not_his_firm():
    assert "Meta" not in {c.org for c in found("The Chan Zuckerberg Initiative laid off 70 employees.")}


@pytest.mark.parametrize(
    "text",
    [
        "Acme laid off 30 people, which represents close to 20 percent of its staff.",
        "The layoffs at Acme hit 30 people, or roughly 20% of its workforce.",
    ],
)
def test_it_counts_those_who_go_and_their_share(text):
    assert {(c.min, c.unit) for c in found(text)} == {(30, "people"), (20, "percent")}


def test_it_tells_whose_staff_the_sentence_speaks_of():
    text = "Bolt hired. Cuts go on at Acme as the company filed a layoff notice covering 84 workers."
    assert [c.org for c in found(text) if c.min] == ["Acme"]


def test_it_gives_the_plans_of_those_who_left_to_nobody_they_left():
    assert not found("Former Bolt engineers plan to hire 40 people.")


def test_it_leaves_out_firms_that_an_aside_names():
    text = "Acme, a data company that serves giants like Bolt and Copper, has laid off 200 employees."
    told = found(text, organisations=("Acme", "Bolt", "Copper"))
    assert [(c.org, c.min) for c in told] == [("Acme", 200)]
