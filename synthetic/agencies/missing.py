"""One missing episode, written by up to five agencies: police, council, home, return interviewer, school."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from synthetic.clerk import Clerk
from synthetic.county import County, name_of
from synthetic.days import in_term, stamp
from synthetic.entry import Document, Entry, Mention
from synthetic.marks import Shown, place, show
from synthetic.staff import FRONTLINE, SUPERVISOR
from synthetic.words import (
    CARE_MISSING,
    CHILDS_WORDS,
    DECLINED,
    FOUND,
    HOME_MISSING,
    INTERVIEW,
    NETWORK_WORDS,
    RETURNED,
    RISK_REASONS,
    SCHOOL_ABSENCE,
    STILL,
    one,
)
from synthetic.world import Episode, Spell, Touch


def write_missing(county: County, episode: Episode) -> None:
    """All records of one episode."""
    spell = episode.child.spell_on(episode.start)
    if episode.reported:
        _police(county, episode, spell)
    if spell and spell.home is not None:
        _home(county, episode)
    if spell and county.clerks["social_care"].chance.happens(0.9):
        _council(county, episode, spell)
    _interview(county, episode)
    _school(county, episode)


def _police(county: County, episode: Episode, spell: Spell | None) -> None:
    clerk = county.clerks["police"]
    heard = [touch for touch in episode.touches if touch.agency == "police"]
    shown = show(heard, clerk)
    ended = episode.end < county.world.until
    if not heard and episode.place and ended and not clerk.slips("place_missing"):
        shown.things.append(place(episode.place, clerk, "found_at"))
    elif not shown.things and not shown.adults:
        noise = county.noise(clerk, 0.03)
        shown.things, shown.adults = noise.things, noise.adults
    entry = _entry(clerk, episode, "MIS", shown)
    entry.text = _found_text(county, clerk, episode, shown, ended)
    entry.until = episode.end if ended else None
    entry.missing = risk(clerk, episode, spell)
    if spell or clerk.chance.happens(0.15):
        entry.told = [clerk.told("social_care", SUPERVISOR, episode.end if ended else episode.start)]
    entry.prompt = not ended
    county.hear(clerk, clerk.write(entry), heard, episode.end)


def risk(clerk: Clerk, episode: Episode, spell: Spell | None) -> Document:
    """How the police graded it, and why, in few words."""
    level = clerk.chance.choices(("low", "medium", "high"), (14, 69, 17))[0]
    year = episode.start.year
    category = "missing"
    if 2013 <= year <= 2016 and level == "low":
        category = "absent"
    elif year >= 2017 and level == "low" and clerk.chance.happens(0.5):
        category = "no_apparent_risk"
    origin = "family_home" if spell is None else "childrens_home" if spell.home is not None else "foster_home"
    return {
        "category": category,
        "risk": level,
        "risk_reason": one(RISK_REASONS[level], clerk.chance),
        "missing_from": origin,
    }


def _entry(clerk: Clerk, episode: Episode, prefix: str, shown: Shown) -> Entry:
    people = [clerk.child(episode.child, episode.start), *_others(clerk, episode), *shown.adults]
    by = clerk.roster.worker(clerk.agency, clerk.chance.randrange(50))
    overnight = ["overnight"] if (episode.end - episode.start) > timedelta(hours=8) else []
    return Entry(
        prefix=prefix,
        kind="missing",
        at=episode.start,
        until=episode.end,
        people=people,
        by=by,
        text="",
        things=shown.things,
        touches=shown.touches,
        spoken=shown.spoken,
        observations=overnight,
    )


def _others(clerk: Clerk, episode: Episode) -> list[Mention]:
    part = "found_with" if clerk.agency == "police" else "companion"
    others = episode.companions[:3]
    if episode.along is not None and episode.along.child not in others:
        others = [*others, episode.along.child]
    return [clerk.child(other, episode.start, part) for other in others if clerk.chance.happens(0.6)]


def _found_text(county: County, clerk: Clerk, episode: Episode, shown: Shown, ended: bool) -> str:
    hour = stamp(episode.end)[11:16].replace(":", ".")
    found = next((t for t in shown.things if t["kind"] == "place"), None)
    if not ended:
        text = STILL[0]
    elif found:
        text = one(FOUND, clerk.chance, hour=hour, place=found["address"])
    else:
        text = one(RETURNED, clerk.chance, hour=hour, name=name_of(episode.child))
    return " ".join([text, *shown.sentences])


def _home(county: County, episode: Episode) -> None:
    clerk = county.clerks["home"]
    heard = [touch for touch in episode.touches if touch.agency == "home"]
    entry = _entry(clerk, episode, "HM", show(heard, clerk, "seen_near"))
    words = [one(HOME_MISSING, clerk.chance, name=name_of(episode.child)), *_said(heard, clerk)]
    entry.text = " ".join(words)
    entry.missing = {"category": "missing", "missing_from": "childrens_home"}
    entry.told = [clerk.told("police", FRONTLINE, episode.start, 3.0)]
    if episode.end >= county.world.until:
        entry.until = None
        entry.prompt = True
    county.hear(clerk, clerk.write(entry), heard, episode.end)


def _said(heard: Sequence[Touch], clerk: Clerk) -> list[str]:
    return ["Somebody was waiting outside."] if heard and clerk.chance.happens(0.5) else []


def _council(county: County, episode: Episode, spell: Spell) -> None:
    clerk = county.clerks["social_care"]
    if episode.end >= county.world.until:
        return
    entry = _entry(clerk, episode, "CM", Shown())
    entry.people, entry.precise = entry.people[:1], False
    entry.text = one(CARE_MISSING, clerk.chance, name=name_of(episode.child))
    category = "away_without_authorisation" if clerk.chance.happens(0.25) else "missing"
    origin = "childrens_home" if spell.home is not None else "foster_home"
    entry.missing = {"category": category, "missing_from": origin}
    clerk.write(entry)


def _interview(county: County, episode: Episode) -> None:
    """Offered after most episodes, held after about half, often late; by the charity or by the council."""
    heard = [t for t in episode.touches if t.agency in ("voluntary", "social_care", "health")]
    agency = next((t.agency for t in heard if t.agency), None) or county.chance.choice(
        ("voluntary", "voluntary", "social_care")
    )
    clerk = county.clerks["social_care" if agency == "health" else agency]
    held = bool(heard) or clerk.chance.happens(0.34)
    if not held and not clerk.chance.happens(0.14):
        return
    at = _office_hour(episode.end + timedelta(hours=12 + clerk.chance.days(3) * 24), clerk)
    shown = show(heard, clerk, "stayed_at")
    text = one(INTERVIEW if held else DECLINED, clerk.chance, name=name_of(episode.child))
    words = (
        one(NETWORK_WORDS if heard else CHILDS_WORDS, clerk.chance)
        if held and clerk.chance.happens(0.3)
        else None
    )
    entry = Entry(
        prefix="RHI",
        kind="return_interview",
        at=at,
        people=[clerk.child(episode.child, at), *shown.adults],
        by=clerk.roster.worker(clerk.agency, episode.child.number),
        text=" ".join([text, *shown.sentences]),
        precise=clerk.chance.happens(0.4),
        things=shown.things,
        touches=shown.touches,
        spoken=shown.spoken,
        childs_words=words,
        observations=_noticed(clerk, bool(heard), held),
    )
    county.hear(clerk, clerk.write(entry), heard, at)


def _noticed(clerk: Clerk, heard: bool, held: bool) -> list[str]:
    if not held:
        return ["declined_to_talk"]
    if heard:
        return clerk.chance.sample(
            ("named_adult", "collected_by_car", "unexplained_items", "afraid_of_someone", "older_companion"),
            1,
        )
    return ["conflict_at_home"] if clerk.chance.happens(0.15) else []


def _office_hour(at: datetime, clerk: Clerk) -> datetime:
    return at.replace(hour=clerk.chance.randrange(9, 17), minute=clerk.chance.randrange(0, 60, 15))


def _school(county: County, episode: Episode) -> None:
    clerk = county.clerks["school"]
    next_day = episode.end.date()
    heard = [t for t in episode.touches if t.agency == "school"]
    if not (heard or (in_term(next_day) and clerk.chance.happens(0.2))):
        return
    at = episode.end.replace(hour=8, minute=50) + timedelta(days=episode.end.hour >= 9)
    shown = show(heard, clerk, "talked_of")
    entry = Entry(
        prefix="SCH",
        kind="school",
        at=at,
        people=[clerk.child(episode.child, at), *shown.adults],
        by=clerk.roster.worker("school", episode.child.school),
        precise=False,
        observations=["school_absence"],
        text=" ".join([one(SCHOOL_ABSENCE, clerk.chance), *shown.sentences]),
        things=shown.things,
        touches=shown.touches,
        spoken=shown.spoken,
    )
    county.hear(clerk, clerk.write(entry), heard, at)
