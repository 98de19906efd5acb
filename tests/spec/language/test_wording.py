"""The 58 pairs as sentences: what is questioned, what is offered, and what is left alone."""

import pytest

from heed.casework.policy.wording import read_wording
from heed.core.language.phrases import Hit, hits
from heed.core.language.quotes import quoted

WORDS = read_wording().words

SENTENCES = [
    ("at-risk", "By going there she is putting herself at risk.", "putting herself at risk"),
    ("sexual-activity", "There was sexual activity with a man of 30.", "sexual activity with"),
    ("sexually-active-since", "She has been sexually active since she was 12.", "sexually active since"),
    ("sexually-active", "She is sexually active.", "sexually active"),
    ("contacting-adults", "She has been contacting adult males online.", "has been contacting adult males"),
    ("in-return-for", "She got a phone in return for visits.", "in return for"),
    ("involved-in-exploitation", "He is involved in CCE.", "involved in CCE"),
    ("boyfriend", "Her older boyfriend waited outside.", "older boyfriend"),
    ("relationship-with", "She is in a relationship with a taxi driver.", "in a relationship with"),
    ("associating-with", "He is associating with adults from the flat.", "associating with"),
    ("gang-member", "He is thought to be a gang member.", "gang member"),
    ("explicit-pictures", "She sent naked photos to him.", "sent naked photos"),
    ("risk-taking", "Her risk-taking behaviour is getting worse.", "risk-taking behaviour"),
    ("lifestyle", "It is a lifestyle choice.", "lifestyle choice"),
    ("choices", "She keeps making poor choices.", "poor choices"),
    ("hard-to-reach", "The family is hard to reach.", "hard to reach"),
    ("refused-to-engage", "She refused to engage with us.", "refused to engage"),
    ("refused-to", "She refused to say who drove her.", "refused to"),
    ("non-compliant", "He was non-compliant with the plan.", "non-compliant"),
    ("recruited", "He was recruited outside school.", "was recruited"),
    ("drug-running", "He has been drug running since May.", "drug running"),
    ("drug-dealer", "He is a teenage drug dealer.", "teenage drug dealer"),
    ("money-mule", "She was used as a money mule.", "money mule"),
    ("plugging", "There was talk of plugging.", "plugging"),
    ("slave", "They kept him as a slave.", "slave"),
    ("child-prostitute", "She was called a child prostitute in the log.", "child prostitute"),
    ("promiscuous", "She is promiscuous.", "promiscuous"),
    ("streetwise", "She is very streetwise.", "streetwise"),
    ("consented", "It is said that she consented to sex.", "consented to sex"),
    ("mature", "She is mature for her age.", "mature for her age"),
    ("child-perpetrator", "He is a young perpetrator.", "young perpetrator"),
    ("online-friend", "She met an online friend in town.", "online friend"),
    ("false-allegation", "It was a false allegation.", "false allegation"),
    ("disguised-compliance", "This is disguised compliance.", "disguised compliance"),
    ("alleges", "She alleges that he drove her there.", "alleges"),
    ("difficult-girl", "She is a very difficult girl.", "very difficult girl"),
    ("challenging-behaviour", "Staff report challenging behaviour.", "challenging behaviour"),
    ("attention-seeking", "It is attention-seeking.", "attention-seeking"),
    ("manipulative", "He can be manipulative.", "manipulative"),
    ("defiant", "She was defiant at the door.", "defiant"),
    ("aggressive", "He became aggressive.", "aggressive"),
    ("kicked-off", "She kicked off at tea.", "kicked off"),
    ("naughty", "He has been naughty all week.", "naughty"),
    ("out-of-control", "She is beyond parental control.", "beyond parental control"),
    ("chaotic", "The home is chaotic.", "chaotic"),
    ("absconded", "She absconded at ten.", "absconded"),
    ("safe-and-well", "She returned safe and well at six.", "returned safe and well"),
    ("placement", "The placement ended on Friday.", "placement"),
    ("placement-breakdown", "There was a placement breakdown in May.", "placement breakdown"),
    ("hard-to-place", "He is difficult to place.", "difficult to place"),
    ("looked-after-label", "She is LAC.", "LAC"),
    ("contact", "Supervised contact is on Tuesdays.", "Supervised contact"),
    ("siblings", "Her siblings live in ZZ2.", "siblings"),
    ("unit", "She left the unit at nine.", "the unit"),
    ("sanctions", "Sanctions were set.", "Sanctions"),
    ("care-leaver", "He is a care leaver.", "care leaver"),
    ("child-pornography", "Child pornography was found.", "Child pornography"),
    ("historical-abuse", "It was historical abuse.", "historical abuse"),
]  # fmt: skip


def of(pair: str, text: str) -> list[Hit]:
    return [hit for hit in hits(text, WORDS) if hit.pair == pair]


def test_every_pair_has_a_sentence():
    assert [pair for pair, _, _ in SENTENCES] == list(WORDS.pairs)
    assert len(SENTENCES) == 58


@pytest.mark.parametrize(("pair", "sentence", "words"), SENTENCES)
def test_found_where_it_stands_and_nowhere_else(pair, sentence, words):
    (hit,) = of(pair, sentence)
    assert (hit.words, sentence[hit.start : hit.end]) == (words, words)
    assert WORDS.pairs[pair].why
    assert WORDS.pairs[pair].advice


@pytest.mark.parametrize(("pair", "sentence", "words"), SENTENCES)
def test_whole_words_only_whatever_the_case(pair, sentence, words):
    assert [hit.words for hit in of(pair, sentence.upper())] == [words.upper()]
    for joined in (
        "x{}",
        "{}x",
        "ŵ{}",
        "{}ŷ",
        "{}\u0302",
        "{}_",
        "@{}",
        "multi-{}",
        "{}-like",
        "a.{}",
        "{}.uk",
    ):
        assert words not in [hit.words for hit in of(pair, joined.format(words))], joined


QUOTING = [
    'She said "{}" to me.',
    "She said “{}” to me.",
    "She said '{}' to me.",
    "She said ‘{}’ to me.",
    "She said: “He told me ‘{}’ and then left.”",
    "She said: \"He told me '{}' and then left.\"",
    "He shouted ‘You “{}”’ at her.",
    'She said "{} and it was never closed.',
    "She said “{} and it was never closed.\nOn the next line too.",
    "She said ‘{} and it was never closed.",
    "She said '{} and it was never closed.",
    "She said 'the girls' house, {}' and left.",
    "> {}",
    "Dywedodd «{}» wrthyf.",
    "(“{}”)",
]


@pytest.mark.parametrize(("pair", "sentence", "words"), SENTENCES)
def test_nothing_in_quoted_speech_is_ever_touched(pair, sentence, words):
    for marks in QUOTING:
        assert hits(marks.format(words), WORDS) == (), marks
        assert hits(marks.format(words.upper()), WORDS) == (), marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It wasn't the girls' fault: she absconded.", ["absconded"]),
        ("“He did.” She absconded.", ["absconded"]),
        ('"He did." She absconded.', ["absconded"]),
        ("'He did.' She absconded.", ["absconded"]),
        ("‘He’s mine,’ she said, and absconded.", ["absconded"]),
        ('She said "stop.\n\nLater she absconded.', ["absconded"]),
        ("A man of 6'2\" was there when she absconded.", ["absconded"]),
        ("They took 'em when she absconded.", ["absconded"]),
        ("Lâc y Felin, a replacement, a lilac coat, black, slavery", []),
        ("She absconded\nat ten and put herself\nat risk", ["absconded", "put herself\nat risk"]),
        ("She put herself. At risk of what?", []),
        ("Placement breakdown", ["Placement breakdown"]),
        ("She refused to engage, then refused to eat", ["refused to engage", "refused to"]),
        ("sexually active since 12; sexually active", ["sexually active since", "sexually active"]),
        ("", []),
    ],
)
def test_what_is_found(text, found):
    assert [hit.words for hit in hits(text, WORDS)] == found


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("She absconded.", "went missing"),
        ("Absconded at ten.", "Went missing"),
        ("A LAC review", "child we care for"),
        ("He is promiscuous", ""),
        ("a very difficult girl", "distressed girl"),
    ],
)
def test_what_is_offered(text, instead):
    assert [hit.instead for hit in hits(text, WORDS)] == [instead]


def test_an_alternative_is_never_itself_questioned():
    for pair in WORDS.pairs.values():
        for phrase in pair.phrases:
            assert hits(phrase.instead, WORDS) == (), phrase


def test_quotations_are_found_with_their_marks():
    text = "A ‘b’ “c ‘d’” e's f"
    assert [text[start:end] for start, end in quoted(text)] == ["‘b’", "“c ‘d’”"]
