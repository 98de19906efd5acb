"""policy/ledger.yaml: how often the ledger is signed, and which agencies watch over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.page import Page, open_page
from heed.core.records import notes


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """`origin` is empty when the ledger is to be named after its key. Witnesses: agency code to verifier keys."""

    origin: str
    every: timedelta
    every_entries: int
    witnesses: Mapping[str, tuple[notes.Key, ...]]
    least_agencies: int
    amber: timedelta
    red: timedelta


def read_ledger() -> LedgerRules:
    """The rules, each witness an agency of the partnership with keys that verify cosignatures."""
    page = open_page("ledger")
    return LedgerRules(
        origin=_origin(page),
        every=timedelta(minutes=page.number("checkpoint", "every_minutes", least=1)),
        every_entries=page.number("checkpoint", "every_entries", least=1),
        witnesses=_witnesses(page),
        least_agencies=page.number("silence", "least_agencies"),
        amber=timedelta(hours=page.number("silence", "amber_hours", least=1)),
        red=timedelta(days=page.number("silence", "red_days", least=1)),
    )


def _origin(page: Page) -> str:
    if not page.has("origin"):
        return ""
    origin = page.text("origin")
    if not notes.fit_name(origin):
        raise page.wrong(("origin",), "a name without spaces and without plus, such as heed.example/ledger")
    return origin


def _witnesses(page: Page) -> Mapping[str, tuple[notes.Key, ...]]:
    known = read_agencies()
    found, names = {}, set()
    for agency in page.keys("witnesses"):
        if agency not in known:
            raise page.wrong(("witnesses", agency), f"an agency of agencies.yaml: {', '.join(known)}")
        found[agency] = tuple(_key(page, agency, place) for place in range(page.count("witnesses", agency)))
        for place, key in enumerate(found[agency]):
            if key.public in names:
                raise page.wrong(("witnesses", agency, place), "a key that no other witness has")
            names.add(key.public)
    return found


def _key(page: Page, agency: str, place: int) -> notes.Key:
    try:
        key = notes.read_key(page.text("witnesses", agency, place))
    except notes.NotANote:
        key = None
    if key is None or key.kind != notes.COSIGNATURE:
        raise page.wrong(("witnesses", agency, place), "the verifier key that `heed-witness key` prints")
    return key
