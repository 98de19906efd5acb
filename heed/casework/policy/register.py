"""policy/register.yaml: how often a watched child is seen, what opens a duty, what disrupts, who sits on the panel."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.duties import CLAUSE, read_duties
from heed.casework.policy.ladder import read_ladder
from heed.casework.policy.page import Page, open_page
from heed.core.duty.moves import Level
from heed.core.duty.posts import Post
from heed.core.register.due import Terms
from heed.core.register.moves import Kind

LONGEST_CODE = 40
DISRUPTION, SECOND, OWNER = "disruption", "second", "watcher"


@dataclass(frozen=True, slots=True)
class Owing:
    """On which clause, and from which rung on, silence about something is owed an answer."""

    clause: str
    rung: int


@dataclass(frozen=True, slots=True)
class RegisterRules:
    """The rules. Days are calendar days; `hidden_from` are kinds of agencies; `duties` also holds those three;
    `seen`, `done` and `disruption` are the decisions of duties by which what was due is answered."""

    every_days: Mapping[Level, int]
    most_days: int
    how: Mapping[str, str]
    sight_days: int
    duties: Mapping[str, Owing]
    review_days: Mapping[Kind, int]
    hidden_from: Mapping[Kind, frozenset[str]]
    minutes_days: int
    warn_days: int
    put_off_days: int
    plan_days: int
    measure_days: int
    panel_days: int
    panel_agencies: frozenset[str]
    panel_posts: frozenset[Post]
    measures: Mapping[str, str]
    seen: str
    done: str
    disruption: str

    def terms(self, level: Level) -> Terms:
        """How closely a child is watched at a level, where nobody says otherwise."""
        return Terms(level, self.every_days[level])


def register_rules() -> RegisterRules:
    """The rules of this installation."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> RegisterRules:
    return read_register()


def read_register() -> RegisterRules:
    """The rules. A high level is never watched less often than the usual one, and nobody beyond `most`."""
    page = open_page("register")
    most = page.number("seen_every_days", "most", least=1)
    usual, high = (_at_most(page, most, "seen_every_days", level) for level in (Level.USUAL, Level.HIGH))
    if high > usual:
        raise page.wrong(("seen_every_days", "high"), f"at most {usual} days, as for the usual level")
    return RegisterRules(
        every_days={Level.USUAL: usual, Level.HIGH: high},
        most_days=most,
        how=_words(page, "seen_how"),
        sight_days=page.number("sight_days", least=1),
        duties=_duties(page),
        review_days={kind: page.number(kind, "review_days", least=1) for kind in (Kind.PERSON, Kind.PLACE)},
        hidden_from={kind: frozenset(page.texts(kind, "hidden_from")) for kind in (Kind.PERSON, Kind.PLACE)},
        minutes_days=page.number("minutes_days", least=1),
        warn_days=page.number("warn_days", least=1),
        put_off_days=page.number("put_off_days", least=1),
        plan_days=page.number("ahead_days", "plan", least=1),
        measure_days=page.number("ahead_days", "measure", least=1),
        panel_days=page.number("panel", "review_days", least=1),
        panel_agencies=_agencies(page),
        panel_posts=_posts(page),
        measures=_words(page, "measures"),
        seen=_decision(page, "seen"),
        done=_decision(page, "done"),
        disruption=_decision(page, "disruption"),
    )


def _at_most(page: Page, most: int, *where: str) -> int:
    days = page.number(*where, least=1)
    if days > most:
        raise page.wrong(where, f"at most {most} days")
    return days


def _words(page: Page, where: str) -> Mapping[str, str]:
    found = {code: page.text(where, code) for code in page.keys(where)}
    for code in found:
        if len(code) > LONGEST_CODE:
            raise page.wrong((where, code), f"a name of at most {LONGEST_CODE} characters")
    if not found:
        raise page.wrong((where,), "at least one")
    return found


def _duties(page: Page) -> Mapping[str, Owing]:
    top = read_ladder().top
    places = {str(kind): ("duties", str(kind)) for kind in Kind}
    places |= {DISRUPTION: (DISRUPTION,), SECOND: (SECOND,), OWNER: (OWNER,)}
    found = {}
    for name, where in places.items():
        clause, rung = page.text(*where, "clause"), page.number(*where, "rung")
        if len(clause) > CLAUSE:
            raise page.wrong((*where, "clause"), f"words of at most {CLAUSE} characters")
        if rung > top:
            raise page.wrong((*where, "rung"), f"a rung of the ladder, from 0 to {top}")
        found[name] = Owing(clause, rung)
    return found


def _decision(page: Page, name: str) -> str:
    decision = page.text("decisions", name)
    if decision not in read_duties().decisions:
        raise page.wrong(("decisions", name), "one of the decisions of duties.yaml")
    return decision


def _agencies(page: Page) -> frozenset[str]:
    known = read_agencies()
    found = page.texts("panel", "agencies")
    for place, code in enumerate(found):
        if code not in known:
            raise page.wrong(("panel", "agencies", place), "the code of an agency in agencies.yaml")
    return frozenset(found)


def _posts(page: Page) -> frozenset[Post]:
    found = page.texts("panel", "posts")
    for place, name in enumerate(found):
        if name not in [*Post]:
            raise page.wrong(("panel", "posts", place), f"one of {', '.join(Post)}")
    return frozenset(Post(name) for name in found)
