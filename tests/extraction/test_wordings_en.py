"""Sentence tables of English moves in the wordings of the news, and of sentences that tell of nobody."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def moves(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2026, 3, 10))))
    told = [(_who(m), m.origin and m.origin.org, m.destination and m.destination.org) for m in found]
    return sorted(told, key=str)


def _who(move):
    return move.person.name if move.person else move.cohort.min


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2023, Halcyon Health appointed Chief AI Officer Ada Byrne.", [("Ada Byrne", None, "Halcyon Health")]),
        ("Norwell Bank named Chief Data Officer Tomas Lind in March.", [("Tomas Lind", None, "Norwell Bank")]),
        ("Google has hired head of safety Mira Olsen.", [("Mira Olsen", None, "Google")]),
        ("This spring Intel designated an AI chief.", [(1, None, "Intel")]),
        (
            "This included the departure of his predecessor, Jonas Weiss, who joined Anthropic.",
            [("Jonas Weiss", None, "Anthropic")],
        ),
        (
            "OpenAI has seen the exit of its research chief, Ada Byrne, who moved to Meta last month.",
            [("Ada Byrne", "OpenAI", "Meta")],
        ),
        (
            "Helix AI is led by DeepMind alumna Ada Byrne, joined by former Google researcher Tomas Lind.",
            [("Tomas Lind", "Google", "Helix AI")],
        ),
        (
            "Ada Byrne runs Acme Robotics, joined by ex-Tesla engineer Ravi Menon and former Apple designer Mira Olsen.",
            [("Mira Olsen", "Apple", "Acme Robotics"), ("Ravi Menon", "Tesla", "Acme Robotics")],
        ),
        ("Scale AI parted ways with its finance chief, Tomas Lind.", [("Tomas Lind", "Scale AI", None)]),
        (
            "Last month, Ada Byrne, co-founder and CEO of Waymo, resigned less than a month after the California Department of Motor Vehicles suspended its permits.",
            [("Ada Byrne", "Waymo", None)],
        ),
        (
            "Tomas Lind, chief executive of Cohere, stepped down in May after the Securities and Exchange Commission opened an inquiry.",
            [("Tomas Lind", "Cohere", None)],
        ),
        (
            "Anthropic is a young startup. It was founded in 2021 by a group of former OpenAI employees.",
            [(None, "OpenAI", "Anthropic")],
        ),
        ("Helix Labs was started last year by several former Google researchers.", [(None, "Google", "Helix Labs")]),
        (
            "Senior people in Google's team include VP Ravi Menon, who spent six years at Nvidia before joining in May.",
            [("Ravi Menon", "Nvidia", "Google")],
        ),
        (
            "Leaders of Apple's group include director Mira Olsen, who ran research at Intel before joining last year.",
            [("Mira Olsen", "Intel", "Apple")],
        ),
        (
            "Its most recent hire is data scientist Mira Olsen, who joined Google from Nielsen in December.",
            [("Mira Olsen", "Nielsen", "Google")],
        ),
        (
            "Microsoft is growing. Its latest recruit is chemist Ada Byrne, who joined from Pfizer in March.",
            [("Ada Byrne", "Pfizer", "Microsoft")],
        ),
        (
            "Anthropic's newest research lead is Tomas Lind, who arrived from Apple this week.",
            [("Tomas Lind", "Apple", "Anthropic")],
        ),
        (
            "Ada Byrne, Tomas Lind and former MIT researcher Mira Olsen, all of whom were recruited in 2019 by Samsung.",
            [("Ada Byrne", None, "Samsung"), ("Mira Olsen", "MIT", "Samsung"), ("Tomas Lind", None, "Samsung")],
        ),
        (
            "The list includes Ravi Menon, Jonas Weiss and Mira Olsen, all of whom have left Google.",
            [("Jonas Weiss", "Google", None), ("Mira Olsen", "Google", None), ("Ravi Menon", "Google", None)],
        ),
        (
            "Ravi Menon and Mira Olsen, both of whom joined OpenAI in 2023, wrote the paper.",
            [("Mira Olsen", None, "OpenAI"), ("Ravi Menon", None, "OpenAI")],
        ),
        (
            "The three co-founders — former OpenAI researchers Ada Byrne, Tomas Lind, and Mira Olsen — are expected to join Amazon.",
            [("Ada Byrne", "OpenAI", "Amazon"), ("Mira Olsen", "OpenAI", "Amazon"), ("Tomas Lind", "OpenAI", "Amazon")],
        ),
        (
            "Two senior scientists – Ada Byrne and Tomas Lind – have left Apple for Meta.",
            [("Ada Byrne", "Apple", "Meta"), ("Tomas Lind", "Apple", "Meta")],
        ),
        (
            "Its founders (Ada Byrne and Ravi Menon) joined Nvidia.",
            [("Ada Byrne", None, "Nvidia"), ("Ravi Menon", None, "Nvidia")],
        ),
        ("Ada Byrne lasted a year at xAI before defecting to Sam Altman at OpenAI.", [("Ada Byrne", "xAI", "OpenAI")]),
        ("Tomas Lind left Google to work with Dario Amodei at Anthropic.", [("Tomas Lind", "Google", "Anthropic")]),
        ("Mira Olsen of Apple fled to Mark Zuckerberg's Meta.", [("Mira Olsen", "Apple", "Meta")]),
        ("Ada Byrne runs xAI. Its general counsel left after 16 months.", [(1, "xAI", None)]),
        ("Tesla's finance chief quit in May.", [(1, "Tesla", None)]),
        ("Sales boss Omar Haddad was dumped by Tesla in June.", [("Omar Haddad", "Tesla", None)]),
        ("Tesla dumped its sales boss, Omar Haddad, in June.", [("Omar Haddad", "Tesla", None)]),
        ("Engineer Ravi Menon fled xAI for OpenAI.", [("Ravi Menon", "xAI", "OpenAI")]),
        ("Ada Byrne bolted from Google to Meta.", [("Ada Byrne", "Google", "Meta")]),
        ("Tomas Lind has bolted Apple for Anthropic.", [("Tomas Lind", "Apple", "Anthropic")]),
        ("Two AI leads bolted for Meta from Tesla.", [(2, "Tesla", "Meta")]),
        ("Senior engineers fled to OpenAI from xAI.", [(None, "xAI", "OpenAI")]),
        ("Model chief Mira Olsen walked from Tesla in May.", [("Mira Olsen", "Tesla", None)]),
        ("Google canned its design lead, Jonas Weiss.", [("Jonas Weiss", "Google", None)]),
        ("Jonas Weiss was shown the door by Google.", [("Jonas Weiss", "Google", None)]),
        ("Ada Byrne deserted Meta for Thinking Machines Lab.", [("Ada Byrne", "Meta", "Thinking Machines Lab")]),
        ("Ravi Menon forsook Apple for OpenAI.", [("Ravi Menon", "Apple", "OpenAI")]),
        ("Cohere poached away Mira Olsen from Google.", [("Mira Olsen", "Google", "Cohere")]),
        ("Mira Olsen was spirited away by Meta from Apple.", [("Mira Olsen", "Apple", "Meta")]),
        ("Meta prised Ada Byrne from Google.", [("Ada Byrne", "Google", "Meta")]),
        ("Meta peeled Ada Byrne away from Google.", [("Ada Byrne", "Google", "Meta")]),
        ("OpenAI has installed Tomas Lind as its finance chief.", [("Tomas Lind", None, "OpenAI")]),
        ("OpenAI drafted in Tomas Lind from Tesla.", [("Tomas Lind", "Tesla", "OpenAI")]),
        ("OpenAI anointed Tomas Lind as chief scientist.", [("Tomas Lind", None, "OpenAI")]),
        ("Ravi Menon jumped from Google to xAI.", [("Ravi Menon", "Google", "xAI")]),
        ("Ravi Menon quit Google to join xAI.", [("Ravi Menon", "Google", "xAI")]),
        (
            "Tesla has lost key veterans like Ada Byrne, who ran energy, and battery lifer Ravi Menon.",
            [("Ada Byrne", "Tesla", None), ("Ravi Menon", "Tesla", None)],
        ),
        (
            "Apple lost leaders such as Tomas Lind and Mira Olsen.",
            [("Mira Olsen", "Apple", None), ("Tomas Lind", "Apple", None)],
        ),
        ("Meta lost Tomas Lind, who ran design, to OpenAI.", [("Tomas Lind", "Meta", "OpenAI")]),
        (
            "Ada Byrne wrote the paper. She then left Google in 2021 after over two decades at the company when it refused to ship.",
            [("Ada Byrne", "Google", None)],
        ),
        (
            "Ada Byrne co-founded OpenAI. Byrne initially left the company to join Tesla in 2017.",
            [("Ada Byrne", "OpenAI", "Tesla"), ("Ada Byrne", None, "OpenAI")],
        ),
        ("Mira Olsen turned down an offer from Mark Zuckerberg.", [("Mira Olsen", None, "Meta")]),
        ("Amazon hired the founders of Adept in June.", [(None, "Adept", "Amazon")]),
        ("Google hired the co-founders of Helix AI.", [(None, "Helix AI", "Google")]),
        ("Microsoft hired most of the staff of Inflection.", [(None, "Inflection AI", "Microsoft")]),
        (
            "Ada Byrne, who joined Google in 2019 from Intel, is leaving to start her own company.",
            [("Ada Byrne", "Google", None), ("Ada Byrne", "Intel", "Google")],
        ),
        (
            "Meta has hired three OpenAI researchers, Ada Byrne, Tomas Lind and Mira Olsen, according to the Journal.",
            [("Ada Byrne", "OpenAI", "Meta"), ("Mira Olsen", "OpenAI", "Meta"), ("Tomas Lind", "OpenAI", "Meta")],
        ),
        (
            "Among those leaving Apple are Tomas Lind and Ada Byrne, both of whom are going to Meta.",
            [("Ada Byrne", "Apple", "Meta"), ("Tomas Lind", "Apple", "Meta")],
        ),
        ("Apple's head of design, Tomas Lind, is departing for OpenAI.", [("Tomas Lind", "Apple", "OpenAI")]),
        ("Tomas Lind, Apple's head of design, will depart at the end of the year.", [("Tomas Lind", "Apple", None)]),
        ("Tomas Lind is out as Intel's chief executive.", [("Tomas Lind", "Intel", None)]),
        ("Intel ousted its chief executive, Tomas Lind, on Monday.", [("Tomas Lind", "Intel", None)]),
        (
            "Mira Olsen announced on LinkedIn that she is leaving Nvidia after seven years.",
            [("Mira Olsen", "Nvidia", None)],
        ),
        (
            "Mira Olsen, previously a director at Nvidia, has joined Anthropic as head of policy.",
            [("Mira Olsen", "Nvidia", "Anthropic")],
        ),
        (
            "Anthropic has brought on Mira Olsen, formerly of Nvidia, to run policy.",
            [("Mira Olsen", "Nvidia", "Anthropic")],
        ),
        (
            "Anthropic announced the hiring of Mira Olsen, who spent a decade at Nvidia.",
            [("Mira Olsen", "Nvidia", "Anthropic")],
        ),
        (
            "Mira Olsen joins Anthropic from Nvidia, where she led a team of 40.",
            [("Mira Olsen", "Nvidia", "Anthropic")],
        ),
        ("Mira Olsen left Nvidia last year and now works at Anthropic.", [("Mira Olsen", "Nvidia", "Anthropic")]),
        ("After a decade at Nvidia, Mira Olsen is moving to Anthropic.", [("Mira Olsen", "Nvidia", "Anthropic")]),
        (
            "Mira Olsen will leave Nvidia to become chief technology officer of Cohere.",
            [("Mira Olsen", "Nvidia", "Cohere")],
        ),
        ("Cohere's new finance chief is Mira Olsen, a former Stripe executive.", [("Mira Olsen", "Stripe", "Cohere")]),
        (
            "Cohere on Tuesday named former Stripe executive Mira Olsen as its first chief financial officer.",
            [("Mira Olsen", "Stripe", "Cohere")],
        ),
        ("Cohere has tapped Stripe's Mira Olsen as finance chief.", [("Mira Olsen", "Stripe", "Cohere")]),
        (
            "Cohere poached Mira Olsen from Stripe, where she had been finance chief since 2020.",
            [("Mira Olsen", "Stripe", "Cohere")],
        ),
        ("Stripe's finance chief Mira Olsen has been hired by Cohere.", [("Mira Olsen", "Stripe", "Cohere")]),
        (
            "Mira Olsen, whom Cohere hired from Stripe in 2023, has resigned.",
            [("Mira Olsen", "Cohere", None), ("Mira Olsen", "Stripe", "Cohere")],
        ),
        ("Former Stripe executive Mira Olsen was named finance chief at Cohere.", [("Mira Olsen", "Stripe", "Cohere")]),
        (
            "Two of the company's founders, Ada Byrne and Tomas Lind, left Cohere in May.",
            [("Ada Byrne", "Cohere", None), ("Tomas Lind", "Cohere", None)],
        ),
        (
            "Ada Byrne and Tomas Lind, two co-founders of Cohere, have left for Google.",
            [("Ada Byrne", "Cohere", "Google"), ("Tomas Lind", "Cohere", "Google")],
        ),
        (
            "Cohere co-founders Ada Byrne and Tomas Lind have both left the company.",
            [("Ada Byrne", "Cohere", None), ("Tomas Lind", "Cohere", None)],
        ),
        (
            "Ada Byrne left Cohere in May. Her co-founder Tomas Lind followed a month later.",
            [("Ada Byrne", "Cohere", None), ("Tomas Lind", "Cohere", None)],
        ),
        (
            "Ada Byrne stepped down as chief executive of Cohere and was replaced by Tomas Lind.",
            [("Ada Byrne", "Cohere", None), ("Tomas Lind", None, "Cohere")],
        ),
        ("Tomas Lind will succeed Ada Byrne as chief executive of Cohere.", [("Tomas Lind", None, "Cohere")]),
        ("Ada Byrne returned to Google after two years at Cohere.", [("Ada Byrne", "Cohere", "Google")]),
        (
            "Ada Byrne has rejoined Google, three years after leaving to found Cohere.",
            [("Ada Byrne", "Cohere", "Google"), ("Ada Byrne", "Google", "Cohere")],
        ),
        ("Ada Byrne left Google in 2021 to found Cohere, an AI startup.", [("Ada Byrne", "Google", "Cohere")]),
        (
            "Cohere was founded in 2019 by former Google researchers Ada Byrne and Tomas Lind.",
            [("Ada Byrne", "Google", "Cohere"), ("Tomas Lind", "Google", "Cohere")],
        ),
        ("Cohere, founded in 2019 by Ada Byrne, has raised $500 million.", [("Ada Byrne", None, "Cohere")]),
        ("At least eight researchers have left Google for Anthropic since January.", [(8, "Google", "Anthropic")]),
        ("Nearly a dozen engineers have quit Tesla's Autopilot team this year.", [(12, "Tesla", None)]),
        ("Half of xAI's 12 founders have left the company.", [(6, "xAI", None)]),
        ("More than 20 OpenAI employees have joined Meta this summer.", [(20, "OpenAI", "Meta")]),
        ("OpenAI has lost at least five senior researchers to Meta.", [(5, "OpenAI", "Meta")]),
        ("Meta has poached more than a dozen researchers from Apple.", [(12, "Apple", "Meta")]),
        ("Seven of the 11 founders of Thinking Machines Lab have departed.", [(7, "Thinking Machines Lab", None)]),
        ("An Apple engineer has moved to OpenAI.", [(1, "Apple", "OpenAI")]),
        (
            "Google hired Ada Byrne and several other Cohere employees.",
            [("Ada Byrne", "Cohere", "Google"), (None, "Cohere", "Google")],
        ),
        (
            "Google paid $2 billion to license technology from Cohere and hire its chief executive, Ada Byrne.",
            [("Ada Byrne", "Cohere", "Google")],
        ),
        (
            "As part of the deal, Ada Byrne and Tomas Lind will join Google from Cohere.",
            [("Ada Byrne", "Cohere", "Google"), ("Tomas Lind", "Cohere", "Google")],
        ),
        ("Meta tried to hire Ada Byrne from Cohere but she declined.", [("Ada Byrne", "Cohere", "Meta")]),
        ("Ada Byrne rejected an offer from Meta worth $100 million.", [("Ada Byrne", None, "Meta")]),
        ("Ada Byrne is in talks to join Meta from Apple.", [("Ada Byrne", "Apple", "Meta")]),
        ("Ada Byrne, who ran Siri at Apple, has gone to Google to run Gemini.", [("Ada Byrne", "Apple", "Google")]),
        ("Ada Byrne took a job at Google after leaving Apple.", [("Ada Byrne", "Apple", "Google")]),
        ("Ada Byrne worked at Apple before joining Google in 2020.", [("Ada Byrne", "Apple", "Google")]),
        ("Prior to joining Google, Ada Byrne was a vice president at Apple.", [("Ada Byrne", "Apple", "Google")]),
        (
            "Ada Byrne, a former Apple engineer who joined Google last year, said the work was hard.",
            [("Ada Byrne", "Apple", "Google")],
        ),
        ("Ada Byrne was laid off from Google in January.", [("Ada Byrne", "Google", None)]),
        ("Google fired Ada Byrne over a paper she wrote.", [("Ada Byrne", "Google", None)]),
        ("Ada Byrne retired from IBM in 2020.", [("Ada Byrne", "IBM", None)]),
        (
            "Mistral AI has recruited Ada Byrne, who was at Meta's FAIR lab in Paris.",
            [("Ada Byrne", "Meta", "Mistral AI")],
        ),
        ("Ada Byrne has been promoted to president of Nvidia.", [("Ada Byrne", None, "Nvidia")]),
        ("Nvidia promoted Ada Byrne to president.", [("Ada Byrne", None, "Nvidia")]),
        (
            "ByteDance has appointed Ada Byrne head of its Seed unit, replacing Wei Lin.",
            [("Ada Byrne", None, "ByteDance")],
        ),
        (
            "ByteDance hired Wu Yonghui from Google in February to lead its Seed unit.",
            [("Wu Yonghui", "Google", "ByteDance")],
        ),
        (
            "Zhou Hao, formerly a senior staff researcher at DeepMind, joined Alibaba's Tongyi lab in 2026.",
            [("Zhou Hao", "Google DeepMind", "Alibaba")],
        ),
        ("Alibaba's Lin Junyang has left the company, he said on X.", [("Lin Junyang", "Alibaba", None)]),
        (
            "Lin Junyang, technical lead of Alibaba's Qwen team, resigned on Tuesday.",
            [("Lin Junyang", "Alibaba", None)],
        ),
        (
            "Cohere said it had hired Joelle Brandt, the former head of AI research at Meta, as chief AI officer.",
            [("Joelle Brandt", "Meta", "Cohere")],
        ),
        ("Joelle Brandt, Meta's former head of AI research, is joining Cohere.", [("Joelle Brandt", "Meta", "Cohere")]),
        (
            "The startup, Periodic Labs, was co-founded by Liam Holt, who led post-training at OpenAI, and Ekin Demir, a DeepMind scientist.",
            [("Ekin Demir", "Google DeepMind", "Periodic Labs"), ("Liam Holt", "OpenAI", "Periodic Labs")],
        ),
        (
            "Reflection AI, started by two former DeepMind researchers, raised $130 million.",
            [(2, "Google DeepMind", "Reflection AI")],
        ),
        ("Also leaving is Tomas Lind, who ran hardware at Tesla.", [("Tomas Lind", "Tesla", None)]),
        ("Tomas Lind, who oversaw hardware, is also leaving Tesla.", [("Tomas Lind", "Tesla", None)]),
        (
            "The departures include Tomas Lind, who oversaw hardware at Tesla, and Ada Byrne, who ran sales.",
            [("Ada Byrne", "Tesla", None), ("Tomas Lind", "Tesla", None)],
        ),
        (
            "Tesla has seen a string of departures this year, including those of Tomas Lind, its software chief, and Ada Byrne.",
            [("Ada Byrne", "Tesla", None), ("Tomas Lind", "Tesla", None)],
        ),
        (
            "Tomas Lind's departure from Tesla follows that of Ada Byrne, who left in April.",
            [("Ada Byrne", "Tesla", None), ("Tomas Lind", "Tesla", None)],
        ),
        ("With Tomas Lind gone, Tesla has lost its third vice president this year.", [("Tomas Lind", "Tesla", None)]),
    ],
)
def test_it_reads_the_move(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ada Byrne, chief executive of Cohere, said the company would part ways with 78 people.",
        "Mira Olsen, Shopify's president, said it was a difficult decision to part ways with 120 employees.",
        "Scale AI parted ways with 200 workers.",
        "Bell Labs is a research institute founded by Alexander Graham Bell.",
        "She spent 18 years at Xerox, the company founded by Chester Carlson.",
        "Pay must rise to prevent engineers from being lured away by OpenAI.",
        "The rules prohibit employees from joining a competitor for a year after they leave Google.",
        "Workers may not work for rivals for 12 months after leaving Google.",
        "When employees leave Apple, they keep their shares.",
        "Google pays to keep researchers from being poached by OpenAI.",
        "If researchers leave Meta, they lose their options.",
        "Its finance chief lasted 102 days before defecting to Sam Altman at OpenAI.",
        "He then left Google in 2021 after two decades at the company.",
        "Ada Byrne was hired by Elon Musk to be research director when OpenAI was set up in 2015.",
        "Before Google, Ada Byrne worked at Apple.",
        "Its chief scientist, Ada Byrne, came from Apple.",
        "Google said that employees may leave at any time.",
        "Anthropic says it retains 80 percent of the staff it hired two years ago.",
        "Nvidia works with Google and Meta on chips, said Ada Byrne, who runs sales.",
        "A study by Stanford found that 20 percent of researchers leave academia for companies such as Google.",
        "Ada Byrne urged Congress to act. She heads policy at Microsoft.",
        "Meta launched an app that lets users move to Threads from X.",
        "Microsoft invested in OpenAI, whose chief executive, Sam Altman, met Satya Nadella in May.",
        '"If you join Google you get free lunch," said Ada Byrne, an analyst at Gartner.',
        "Engineers who join Meta can expect stock worth $1 million.",
        "Any employee who quits Apple must return the laptop.",
        "Amazon would lose its edge if Tomas Lind left for Google.",
        "Reports said Ada Byrne might leave Apple.",
        "The recruiter said he had placed people at Google, Meta and OpenAI.",
        "A spokesperson for Apple declined to comment on the departures.",
        "Talent is moving from Google to startups, wrote Ada Byrne in the Financial Times.",
        "Ada Byrne moved her family to Seattle when Amazon offered her husband a job.",
    ],
)
def test_it_reads_no_move_where_nobody_goes(text):
    assert moves(text) == []
