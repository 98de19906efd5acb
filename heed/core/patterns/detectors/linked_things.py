"""Children of different homes joined by two or more quiet things, none of which need gather three of them (D3, D5).

Two children share a car and one of them a telephone with a third: each agency sees a pair, or one child.
"""

from collections.abc import Iterator

from heed.core.patterns.area import area_of
from heed.core.patterns.asking import Ask, Limits
from heed.core.patterns.detector import Detector, Rows, Span
from heed.core.patterns.material import DAY_S, EVER, Touch
from heed.core.patterns.raised import Evidence, Hub, Raised
from heed.core.patterns.terms import change_since, missing_at_the_same_time
from heed.core.patterns.webs import Joint, Key, Weaver
from heed.core.patterns.words import counted, listed, rough, sentence

NAME, VERSION = "linked_things", "2"


def find(ask: Ask, rows_of: Rows, span: Span, limits: Limits) -> list[Raised]:
    """Webs raised in a span; a web raised in it comes with the days before, back to where its finding began."""
    material = rows_of()
    weaver = Weaver(material, area_of(ask, limits), limits)
    begin_s, end_s = span.first * DAY_S, (span.last + 1) * DAY_S - 1
    raised = []
    for key in sorted(weaver.ever_shared):
        touches = material.by_hub[key].all()
        days = sorted({t.recorded_s // DAY_S for t in touches if begin_s <= t.recorded_s <= end_s})
        found = [one for day in days if (one := _raised(key, day, weaver)) is not None]
        raised += found + list(_before(key, found, span.first, weaver))
    return raised


def _before(key: Key, found: list[Raised], first: int, weaver: Weaver) -> Iterator[Raised]:
    """Earlier days of the same web, until it had stopped standing."""
    if not found:
        return
    day = found[0].day
    days = {touch.recorded_s // DAY_S for touch in weaver.material.by_hub[key].all()}
    for earlier in sorted((each for each in days if each < first), reverse=True):
        if day - earlier >= weaver.limits["stands_days"]:
            return
        one = _raised(key, earlier, weaver)
        if one is not None:
            day = earlier
            yield one


def _raised(key: Key, day: int, weaver: Weaver) -> Raised | None:
    end_s = (day + 1) * DAY_S - 1
    web = weaver.web(key, end_s)
    limits = weaver.limits
    if len(web) < 2:
        return None
    touches = [touch for joint in web for touch in joint.touches]
    people = sorted({touch.person for touch in touches})
    setting = {t.person: t.setting for t in sorted(touches, key=lambda t: (t.at_s, t.record_id))}
    homes = len(set(setting.values()))
    if len(people) < limits["least_children"] or homes < limits["least_children"]:
        return None
    terms = [(f"thing_{n}", joint.adds) for n, joint in enumerate(web, 1)]
    terms += _beside(touches, people, setting, end_s, weaver)
    strength = sum(value for _, value in terms)
    if strength < limits["strength"]:
        return None
    return _told(web, touches, people, setting, day, terms, weaver)


def _beside(
    touches: list[Touch], people: list[str], setting: dict[str, str], end_s: int, weaver: Weaver
) -> list[tuple[str, float]]:
    """Change since the first contact with any thing of the web, and absences at the same time."""
    material, limits = weaver.material, weaver.limits
    past = {p: material.episodes[p].known(EVER, end_s) if p in material.episodes else [] for p in people}
    first = {p: min(t.at_s for t in touches if t.person == p) for p in people}
    change = sum(change_since(first[p], past[p], end_s, weaver.area.data_from_s, limits) for p in people)
    recent = {p: [e for e in past[p] if e.at_s > end_s - weaver.window_s] for p in people}
    together = missing_at_the_same_time(recent, setting, limits)
    return [("change_since_contact", change), ("missing_together", together.adds)]


def _told(
    web: list[Joint],
    touches: list[Touch],
    people: list[str],
    setting: dict[str, str],
    day: int,
    terms: list[tuple[str, float]],
    weaver: Weaver,
) -> Raised:
    limits, weeks = weaver.limits, int(weaver.limits["window_weeks"])
    ordered = sorted(touches, key=lambda t: (t.at_s, t.agency, t.ref, t.person))
    agencies = {touch.agency for touch in touches}
    labels = [joint.touches[0].label for joint in web]
    evidence = {
        Evidence(t.agency, t.ref, t.person, t.recorded_s, weaver.material.withdrawn(t)): None for t in ordered
    }
    rare = "; ".join(
        f"{joint.touches[0].label}: {joint.seen} households, {rough(joint.usual)} usual" for joint in web
    )
    return Raised(
        detector=NAME, version=VERSION, around=f"{web[0].key[0]} {web[0].key[1]}", day=day, people=tuple(people),
        hubs=tuple(Hub(joint.key[0], joint.touches[0].key, joint.touches[0].label) for joint in web),
        evidence=tuple(evidence), against=_against(web, agencies), denominator=f"in {weeks} weeks: {rare}",
        statement=sentence(
            f"{counted(len(people), 'child', 'children')} from {counted(len(set(setting.values())), 'home')} known to "
            f"{counted(len(agencies), 'agency', 'agencies')} hang together by {listed(labels)} within {weeks} weeks; "
            "each of these is shared by children of different homes more often than its past explains."
        ),
        strength=sum(value for _, value in terms), chance=float(min(1.0, 2.718281828459045 ** -terms[0][1])),
        terms=tuple(terms), settings=tuple(setting[person] for person in people),
        least_children=int(limits["least_children"]), least_settings=int(limits["least_settings"]),
        stands_days=int(limits["stands_days"]),
    )  # fmt: skip


def _against(web: list[Joint], agencies: set[str]) -> tuple[str, ...]:
    found = ["Friends who go about together share things too: ask whether these children know each other."]
    if any(joint.usual >= 0.5 for joint in web):
        found.append("One of these things was known before: see how many households are usual there.")
    if len(agencies) == 1:
        found.append("Every one of these facts comes from one agency.")
    return tuple(found)


LINKED_THINGS = Detector(
    name=NAME,
    version=VERSION,
    title="Children joined by several things",
    why_it_matters="A car shared by two children and a telephone shared by two are two small notes, or one network.",
    limits="Blind to what nobody noted. Friends share things for good reasons. No finding does not mean safe.",
    words="Quiet things, each shared more often than its past explains, that hang together by a child.",
    find=find,
)
