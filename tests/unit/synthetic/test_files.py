"""The files of the small town: the same bytes for a seed, readable, reserved numbers, plain words."""

import email
import email.policy
import re
from pathlib import Path

from heed.core.records.reading import parse
from synthetic.numbers import nhs_number, upn
from synthetic.town import SMALL
from synthetic.write import generate

# Words with no place in these records, whatever happened to a child.
GRAPHIC = re.compile(
    r"\b(rape\w*|naked|nude|blood\w*|stab\w*|strangl\w*|beaten|torture\w*|penetrat\w*|sex act\w*)\b", re.I
)
POSTCODE = re.compile(r"ZZ[1-9] [1-9][A-Z]{2}")
VRM = re.compile(r"ZZ\d\d [A-Z]{3}")
PHONE = re.compile(r"\+44(7700900|1632960)\d{3}")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_seed_gives_the_same_bytes(small, tmp_path):
    generate(SMALL, 8, SMALL.until, tmp_path)
    other = _files(tmp_path)
    generate(SMALL, 7, SMALL.until, tmp_path)  # over the files of another seed: nothing of it may stay
    assert _files(tmp_path) == _files(small.folder)
    assert other != _files(small.folder)


def test_every_record_is_readable(small):
    for document in small.documents():
        assert parse(document).problems == ()


def test_an_agency_writes_in_the_order_of_recording(small):
    for agency in small.counts:
        documents = [d for d in small.documents() if d["agency"] == agency]
        whens = [parse(d).record.recorded_at for d in documents]
        assert whens == sorted(whens)
        pairs = [(d["ref"], d["revision"]) for d in documents]
        assert len(pairs) == len(set(pairs))


def test_nothing_is_recorded_after_the_last_day_or_before_it_happened(small):
    for document in small.documents():
        record = parse(document).record
        assert record.recorded_at < small.county.world.until
        assert record.happened_from.earliest <= record.recorded_at


def test_between_three_and_six_thousand_records_of_every_agency(small):
    assert 3000 <= sum(small.counts.values()) <= 6000
    assert min(small.counts.values()) > 100


def test_nearly_every_kind_of_record_occurs(small):
    kinds = {document["kind"] for document in small.documents()}
    assert len(kinds) == 16


def test_only_reserved_numbers(small):
    for document in small.documents():
        for person in document.get("people", []):
            assert person.get("ids", {}).get("nhs", "999").startswith("999")
            assert person.get("ids", {}).get("upn", "A999")[1:4] == "999"
            assert POSTCODE.fullmatch(person.get("postcode", "ZZ1 1AA"))
        for thing in document.get("things", []):
            assert POSTCODE.fullmatch(thing.get("postcode", "ZZ1 1AA"))
            assert VRM.fullmatch(thing.get("vrm", "ZZ51 ABC"))
            assert PHONE.fullmatch(thing.get("number", "+447700900123"))


def test_most_nhs_numbers_have_their_check_digit_and_some_do_not(small):
    numbers = [
        p["ids"]["nhs"] for d in small.documents() for p in d.get("people", []) if "nhs" in p.get("ids", {})
    ]
    right = sum(_modulus_11(number) for number in numbers) / len(numbers)
    assert 0.93 < right < 1


def _modulus_11(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 0, -1), strict=True))
    return total % 11 == 0


def test_the_known_check_figures_of_numbers():
    assert nhs_number(0) == "9990000018" or _modulus_11(nhs_number(0))
    assert upn(0, 2009, 7)[1:] == "999400009007"
    assert len({nhs_number(n) for n in range(30_000)}) == 30_000


def test_words_are_plain_and_professional(small):
    for agency in small.counts:
        for line in small.lines(agency):
            assert not GRAPHIC.search(line), line
    for text in (small.folder / "mail").glob("*.eml"):
        assert not GRAPHIC.search(text.read_text(encoding="utf-8"))


def test_the_childs_own_words_stand_here_and_there(small):
    quoted = [d for d in small.documents() if d.get("childs_words")]
    assert 20 <= len(quoted) <= 400


def test_mails_are_messages_from_nobody(small):
    mails = sorted((small.folder / "mail").glob("*.eml"))
    assert len(mails) == SMALL.mails
    for path in mails:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert message["From"].addresses[0].domain.endswith(".ashmere.example")
        assert message["Date"].datetime < small.county.world.until
        assert "Dear " in message.get_content()


def test_the_return_is_about_the_councils_own_children(small):
    header = (small.folder / "ssda903" / "Header.csv").read_text(encoding="utf-8").splitlines()
    children = {line.split(",")[0] for line in header[1:]}
    known = {
        ref
        for child in small.read("truth.json")["children"]
        for agency, ref in child["sources"]
        if agency == "social_care"
    }
    assert len(children) > 20
    assert children <= known
    for name in ("Episodes", "Missing", "Reviews", "OC2", "UASC"):
        rows = (small.folder / "ssda903" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert {row.split(",")[0] for row in rows} <= children
    assert header[1].split(",")[1] in ("M", "F")


def test_every_post_is_held_and_every_allocation_is_a_source(small):
    people = small.read("people.json")
    sources = {tuple(s) for child in small.read("truth.json")["children"] for s in child["sources"]}
    for agency in small.counts:
        held = {post for person in people if person["agency"] == agency for post in person["posts"]}
        assert {"duty_person", "line_manager", "designated_lead", "executive"} <= held
    assert any("scrutineer" in person["posts"] for person in people)
    assert len({person["username"] for person in people}) == len(people)
    allocated = [tuple(source) for person in people for source in person["children"]]
    assert len(allocated) > 100
    assert set(allocated) <= sources
