"""Whatever is written: no prompt in quoted speech, whole words only, nothing overlapping, offsets that hold."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from heed.casework.policy.wording import read_wording
from heed.core.language.named import KINDS, proposals, thing_of
from heed.core.language.phrases import hits, spellings
from heed.core.language.quotes import quoted
from heed.core.language.spans import inside, longest_apart

WORDS = read_wording().words
PHRASES = sorted(
    {" ".join(w) for p in WORDS.pairs.values() for each in p.phrases for w in spellings(each.pattern)}
)
PIECES = [
    *PHRASES, *"\"'“”‘’«»>.,;:!?-—@_ \n\t", "\n\n", "\r\n", "ŵ", "e\u0302", "🙂", "girls'", "can't", "'em", "6'2\"",
    "ZZ51 ABC", "12 Mill Street", "reg", "07700 900123", "known as", "Taz", "snapchat", "@taz_zz", "ref ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join)
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12)


@given(TEXTS)
def test_prompts_stand_where_they_say_outside_quotation_and_apart(text):
    found, spans = hits(text, WORDS), quoted(text)
    for hit in found:
        assert text[hit.start : hit.end] == hit.words
        assert not any(start < hit.end and hit.start < end for start, end in spans)
        around = text[hit.start - 1 : hit.start] + text[hit.end : hit.end + 1]
        assert not any(letter.isalnum() for letter in around)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(TEXTS, st.sampled_from(PHRASES), st.sampled_from([("“", "”"), ('"', '"'), ("«", "»")]))
def test_a_phrase_between_marks_is_never_asked_about_whatever_stands_inside_a_paragraph_before(
    text, phrase, marks
):
    whole = f"{text}\n\n{marks[0]}{phrase}{marks[1]}"
    assert not any(hit.start > len(text) for hit in hits(whole, WORDS))


@given(TEXTS)
def test_proposals_stand_where_they_say_apart_and_become_things(text):
    found = proposals(text)
    for each in found:
        assert text[each.start : each.end] == each.words
        assert each.kind in KINDS
        assert thing_of(each.kind, text, each.start, each.end)["kind"]
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(SPANS)
def test_choosing_apart_is_what_trying_every_pair_gives(spans):
    dull: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda each: each[0] - each[1]):
        if start < end and not any(start < last and first < end for first, last in dull):
            dull.append((start, end))
    assert longest_apart(spans, lambda each: each) == tuple(sorted(dull))


@given(TEXTS, st.integers(0, 60), st.integers(1, 10))
def test_inside_is_what_trying_every_span_gives(text, start, length):
    spans = quoted(text)
    assert inside(spans, start, start + length) == any(a < start + length and start < b for a, b in spans)
