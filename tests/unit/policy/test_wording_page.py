"""The pages of words and of sharing: whole as they come; a mistake is named where it stands; Welsh beside English."""

import pytest

from heed.casework.policy.page import SHIPPED
from heed.casework.policy.sharing import read_sharing
from heed.casework.policy.wording import read_wording, wording
from heed.core.language.phrases import hits
from heed.core.records.explained import Explained

MISTAKES = [
    ("wording", "language: en", "language: fr", read_wording, "language: found 'fr'"),
    ("wording", "absconded: went missing", '"|": went missing', read_wording, "a phrase of words"),
    ("wording", "absconded: went missing", "absconded: 3", read_wording, "words to say instead"),
    ("wording", "marks: [L1, L6]", "marks: [L99]", read_wording, "pairs.at-risk.marks.0: found 'L99'"),
    (
        "sharing",
        "default_basis: public_task",
        "default_basis: habit",
        read_sharing,
        "default_basis: found 'habit'",
    ),
    ("sharing", "not_known: Not known", "unsaid: Not known", read_sharing, "wishes.not_known"),
    ("sharing", "against: [disagrees]", "against: [no]", read_sharing, "against.0"),
    ("sharing", "keep_days: 14", "keep_days: 0", read_sharing, "a whole number from 1"),
]


@pytest.mark.parametrize(("page", "old", "new", "read", "said"), MISTAKES)
def test_a_mistake_is_named(tmp_path, settings, page, old, new, read, said):
    settings.POLICY = tmp_path
    text = (SHIPPED / f"{page}.yaml").read_text()
    assert old in text
    (tmp_path / f"{page}.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(Explained, match=said.replace(".", r"\.")):
        read()


def test_welsh_stands_beside_english(tmp_path, settings):
    settings.POLICY = tmp_path
    (tmp_path / "wording.cy.yaml").write_text(
        "source: s\nowner: o\neffective_from: 2026-11-01\nreview_date: 2027-11-01\nlanguage: cy\nmarks: {U: own}\n"
        "reasons: {other: Rheswm arall}\npairs:\n  drwg:\n    phrases: {plentyn drwg: plentyn gofidus}\n"
        "    advice: Dywedwch beth ddigwyddodd.\n    why: Mae'n barnu.\n    marks: [U]\n"
    )
    english, welsh = wording()
    assert (english.words.language, welsh.words.language) == ("en", "cy")
    assert [hit.instead for hit in hits("Mae e'n blentyn drwg, plentyn drwg.", welsh.words)] == [
        "plentyn gofidus"
    ]
