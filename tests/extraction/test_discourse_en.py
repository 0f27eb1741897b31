"""Tables of English texts whose clauses and sentences tell one move together."""

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
        (
            "Nvidia has lost another executive. Tomas Lind, who led its automotive unit, left last week to join Waymo as chief product officer, according to two people familiar with the matter. He had been at the chipmaker for nine years.",
            [("Tomas Lind", "Nvidia", "Waymo")],
        ),
        (
            "Ada Byrne is leaving OpenAI, the company's vice president of research said on Friday. In a post on X, she said she would join Anthropic. \"I'm excited for what's next,\" she wrote.",
            [("Ada Byrne", "OpenAI", "Anthropic")],
        ),
        (
            '"I have made the difficult decision to leave OpenAI," Ada Byrne wrote on X.',
            [("Ada Byrne", "OpenAI", None)],
        ),
        (
            "Ravi Menon, an early employee at Stripe, has been hired to run engineering at Mistral. He previously spent three years at Uber.",
            [("Ravi Menon", "Stripe", "Mistral AI")],
        ),
        (
            "xAI has hired Ravi Menon as its chief financial officer. Menon was previously treasurer of Airbnb.",
            [("Ravi Menon", "Airbnb", "xAI")],
        ),
        (
            "xAI has hired Ravi Menon as its chief financial officer. He replaces Omar Haddad, who left in July.",
            [("Omar Haddad", "xAI", None), ("Ravi Menon", None, "xAI")],
        ),
        (
            "The startup, called Norwell Labs, was founded this year by Ada Byrne, who was a senior scientist at DeepMind. Her co-founder is Tomas Lind, formerly of Meta.",
            [("Ada Byrne", "Google DeepMind", "Norwell Labs")],
        ),
        (
            "Three people have left Norwell Labs in the past month: Ada Byrne, Tomas Lind and Ravi Menon. Byrne has gone back to Google, Lind to Meta.",
            [
                ("Ada Byrne", "Norwell Labs", "Google"),
                ("Ravi Menon", "Norwell Labs", None),
                ("Tomas Lind", "Norwell Labs", "Meta"),
            ],
        ),
        (
            "Amazon said its AGI chief, Jonas Weiss, will step down and be succeeded by Mira Olsen, who joined the company in 2017.",
            [("Jonas Weiss", "Amazon", None), ("Mira Olsen", None, "Amazon")],
        ),
        (
            "Intel's AI chief has left for OpenAI. Jonas Weiss announced the move on X on Monday.",
            [("Jonas Weiss", "Intel", "OpenAI")],
        ),
        (
            "One of Tesla's longest-serving engineers, Tomas Lind, has resigned, he told colleagues in an email.",
            [("Tomas Lind", "Tesla", None)],
        ),
        (
            "Google has re-hired Ada Byrne, who left in 2021 to start Helix Labs.",
            [("Ada Byrne", "Google", "Helix Labs"), ("Ada Byrne", "Helix Labs", "Google")],
        ),
        (
            "Cohere's chief operating officer has stepped down, the company said. Tomas Lind had joined from Google in 2022.",
            [("Tomas Lind", "Google", "Cohere"), (1, "Cohere", None)],
        ),
        (
            "Alibaba's Qwen team has lost its leader. Lin Wei, 33, announced his resignation on social media. Zhou Ming, who came from DeepMind in January, will take over.",
            [("Lin Wei", "Alibaba", None), ("Zhou Ming", "Google DeepMind", "Alibaba")],
        ),
        (
            "Tencent has recruited Yao Shun, a former OpenAI researcher, as chief scientist, reporting to president Martin Lau.",
            [("Yao Shun", "OpenAI", "Tencent")],
        ),
        (
            "Ada Byrne has joined Sequoia as a partner. She was chief executive of Helix Labs until last year.",
            [("Ada Byrne", "Helix Labs", "Sequoia Capital")],
        ),
        (
            "The move comes weeks after Ada Byrne, another co-founder of the startup, left Helix Labs for Meta.",
            [("Ada Byrne", "Helix Labs", "Meta")],
        ),
        (
            "Of the 14 authors of the paper, only Tomas Lind remains at Google. Ada Byrne left to found Cohere and Mira Olsen co-founded Helix Labs.",
            [("Ada Byrne", "Google", "Cohere"), ("Mira Olsen", None, "Helix Labs")],
        ),
        (
            "Microsoft AI chief Mustafa Suleyman has hired two dozen people from DeepMind. They include Ada Byrne, who led engineering for Gemini, and Tomas Lind.",
            [
                ("Ada Byrne", "Google DeepMind", "Microsoft"),
                ("Tomas Lind", "Google DeepMind", "Microsoft"),
                (24, "Google DeepMind", "Microsoft"),
            ],
        ),
        (
            "Ada Byrne, who heads Meta's AI research, said the company had hired Tomas Lind away from Google.",
            [("Tomas Lind", "Google", "Meta")],
        ),
        (
            "Former Apple researcher Tomas Lind joined OpenAI this month, his LinkedIn profile shows.",
            [("Tomas Lind", "Apple", "OpenAI")],
        ),
        (
            "Tomas Lind's LinkedIn profile says he joined OpenAI this month from Apple.",
            [("Tomas Lind", "Apple", "OpenAI")],
        ),
        (
            "Tomas Lind has updated his LinkedIn profile to say that he now works at OpenAI. He was at Apple for six years.",
            [("Tomas Lind", "Apple", "OpenAI")],
        ),
        (
            "Meta, which earlier this year hired Ada Byrne from Cohere, said on Monday that it would spend more.",
            [("Ada Byrne", "Cohere", "Meta")],
        ),
        (
            "Ada Byrne, who previously worked at Google and Apple, has joined Cohere.",
            [("Ada Byrne", "Google", "Cohere")],
        ),
        (
            "Tomas Lind, the president of Cohere, will leave the company at the end of June, according to an internal memo.",
            [("Tomas Lind", "Cohere", None)],
        ),
        (
            "The company said Tomas Lind, who has led Cohere's research since 2021, would be leaving.",
            [("Tomas Lind", "Cohere", None)],
        ),
        (
            "Ravi Menon, a vice president who oversaw Alexa, has left Amazon, a spokesperson confirmed.",
            [("Ravi Menon", "Amazon", None)],
        ),
        (
            "Amazon confirmed that Ravi Menon, a vice president who oversaw Alexa, has left.",
            [("Ravi Menon", "Amazon", None)],
        ),
        (
            "Ravi Menon, who had been at Amazon for 15 years and most recently oversaw Alexa, is joining Anthropic.",
            [("Ravi Menon", "Amazon", "Anthropic")],
        ),
        (
            "Anthropic has hired Ravi Menon, a 15-year veteran of Amazon, to lead its hardware team.",
            [("Ravi Menon", "Amazon", "Anthropic")],
        ),
        (
            "Anthropic hired Ravi Menon, who led Alexa at Amazon, and Mira Olsen, who ran payments at Stripe.",
            [("Mira Olsen", "Stripe", "Anthropic"), ("Ravi Menon", "Amazon", "Anthropic")],
        ),
        (
            "Anthropic's hires this year include Ravi Menon from Amazon, Mira Olsen from Stripe and Jonas Weiss, who led search at Google.",
            [
                ("Jonas Weiss", "Google", "Anthropic"),
                ("Mira Olsen", "Stripe", "Anthropic"),
                ("Ravi Menon", "Amazon", "Anthropic"),
            ],
        ),
        (
            "Jonas Weiss told employees on Friday that he was leaving Tesla after nine years.",
            [("Jonas Weiss", "Tesla", None)],
        ),
        (
            "Jonas Weiss, who joined Tesla in 2016, told employees on Friday that he was leaving.",
            [("Jonas Weiss", "Tesla", None), ("Jonas Weiss", None, "Tesla")],
        ),
        (
            "In a memo to staff, Apple said Jonas Weiss would retire and be replaced by Mira Olsen, a former Microsoft executive.",
            [("Jonas Weiss", "Apple", None), ("Mira Olsen", "Microsoft", "Apple")],
        ),
        (
            "Mira Olsen, who spent 16 years at Google and was head of engineering for Gemini, recently joined Microsoft as corporate vice president.",
            [("Mira Olsen", "Google", "Microsoft")],
        ),
        (
            "Ke Yang, appointed weeks ago to lead Apple's answers team, is leaving for Meta.",
            [("Ke Yang", "Apple", "Meta")],
        ),
        (
            "Frank Chu, who led Apple's cloud infrastructure team, has also joined Meta, reporting to Aparna Ramani.",
            [("Frank Chu", "Apple", "Meta")],
        ),
        (
            "Bowen Zhang, a multimodal researcher, left Apple on Friday and is set to join Meta's superintelligence team.",
            [("Bowen Zhang", "Apple", "Meta")],
        ),
        (
            "DeepSeek's core researcher Luo Fuli has joined Xiaomi, the company said.",
            [("Luo Fuli", "DeepSeek", "Xiaomi")],
        ),
        (
            "Guo Daya, a core author of DeepSeek's R1, has resigned and joined ByteDance's Seed team.",
            [("Guo Daya", "DeepSeek", "ByteDance")],
        ),
        (
            "Robin Li's Baidu lost its head of research, Wang Hai, to Tencent last year.",
            [("Wang Hai", "Baidu", "Tencent")],
        ),
        (
            "Ada Byrne, then head of hardware at Meta, resigned in protest and joined OpenAI four months later.",
            [("Ada Byrne", "Meta", "OpenAI")],
        ),
        ("xAI co-founder Greg Yao announced he is stepping back because of illness.", [("Greg Yao", "xAI", None)]),
        ("Tony Wu became the latest co-founder to leave xAI.", [("Tony Wu", "xAI", None)]),
        (
            "Ada Byrne confirmed to Wired that she had left Apple to work on a stealth startup.",
            [("Ada Byrne", "Apple", None)],
        ),
        (
            "Ada Byrne's first day at Anthropic was Monday, after she left Google last month.",
            [("Ada Byrne", "Google", "Anthropic")],
        ),
        (
            "Within days of Ada Byrne leaving Google, two of her deputies had also resigned.",
            [("Ada Byrne", "Google", None), (2, "Google", None)],
        ),
        ("Ada Byrne said she had no plans to leave Nvidia.", [("Ada Byrne", "Nvidia", None)]),
    ],
)
def test_it_reads_the_move(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ada Byrne, who covers Apple at Bernstein, said hiring Tomas Lind was unlikely.",
        "OpenAI acquired Rockset, a database startup, and Ada Byrne praised the deal.",
        "Meta denied that it had offered Ada Byrne $1 billion.",
        "Ada Byrne studied at MIT and joined the board of Intel in May.",
        "Nvidia joined Microsoft and Amazon in backing Anthropic.",
        "Google DeepMind researchers left the stage to applause.",
        "Ada Byrne will join Sundar Pichai on stage at Google I/O.",
    ],
)
def test_it_reads_no_move_where_nobody_goes(text):
    assert moves(text) == []
