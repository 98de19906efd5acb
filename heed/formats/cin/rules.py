"""Rules of the census worth telling whoever sent it, each by its number. None of them refuses a child.

Sources: the published rule messages of the census, as csc-validator-be-cin (MIT) words and understands them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from heed.core.records.identifiers import upn_passes
from heed.formats.cin.census import Census, day, identifier
from heed.formats.elements import Element

_COUNCILS = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 "
    "810-813 815 816 820-823 825 826 830 831 835-841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 921 "
    "925 926 928 929 931 933 935-938 940-943"
)
"""Council codes that a pupil number may begin with, pseudo councils among them; 942 and 943 are of April 2023."""
_LAST = "0123456789ABCDEFGHJKLMNPQRTUVWXYZ"


@cache
def rule_words() -> Mapping[str, str]:
    """The rules by number, in the words of a note."""
    words: dict[str, str] = yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
    return words


def on_child(child: Element, census: Census) -> Iterator[str]:
    """The notes on a child: its pupil number, its number with the council, its birth."""
    for identifiers in child.all("ChildIdentifiers")[:1]:
        upn = identifiers.get("UPN")
        numbers = [*_on_upn(upn), *(["1520"] if upn and census.upns[upn] > 1 else [])]
        if census.ids[identifier(child)] > 1:
            numbers.append("8510")
        if bool(identifiers.get("PersonBirthDate")) == bool(identifiers.get("ExpectedPersonBirthDate")):
            numbers.append("8525Q")
        yield from (f"{number}: {rule_words()[number]}" for number in numbers)


def on_part(child: Element, part: Element) -> Iterator[str]:
    """The numbers of the rules that a part breaks."""
    if part.tag == "CINdetails":
        referred, closed = day(part.get("CINreferralDate")), day(part.get("CINclosureDate"))
        if referred and closed and closed < referred:
            yield "8630"
    if part.tag == "ChildProtectionPlans":
        start = day(part.get("CPPstartDate"))
        reviews = [day(each.words) for group in part.all("Reviews") for each in group.all("CPPreviewDate")]
        if start and any(review and review <= start for review in reviews):
            yield "8841"
        plans = [each for details in child.all("CINdetails") for each in details.all("ChildProtectionPlans")]
        if not part.get("CPPendDate") and sum(not each.get("CPPendDate") for each in plans) > 1:
            yield "8935"


def _on_upn(upn: str) -> Iterator[str]:
    """The pupil number, character by character. The pattern itself is the schema's to refuse, not a rule's."""
    if not upn:
        return
    if len(upn) == 13 and not upn_passes(upn):
        yield "1510"
    if len(upn) == 13 and upn[1:4] not in _councils():
        yield "1530"
    if upn[4:12].strip("0123456789"):
        yield "1540"
    if len(upn) == 13 and upn[12].upper() not in _LAST:
        yield "1550"


@cache
def _councils() -> frozenset[str]:
    found: set[str] = set()
    for word in _COUNCILS.split():
        first, _, last = word.partition("-")
        found |= {f"{number:03}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)
