"""A replayed case as a story: what was said, what came of it, and when a rule would have spoken, in one order of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from heed.web.presenters import labels, wording
from heed.web.presenters.knew import Row

HEADS = ("Agency and rank", "Knew", "People")


@dataclass(frozen=True, slots=True)
class Station:
    """One day of the story. `spoke`: a rule would have."""

    day: str
    title: str
    spoke: bool
    words: str
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knew:
    """How many knew of a warning by a day."""

    day: str
    why: str
    sentence: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the template lays out."""

    name: str
    opening: str
    headline: str
    visible: str
    acted: str
    refusals: str
    stations: tuple[Station, ...]
    days: tuple[Knew, ...]
    limits: tuple[str, ...]


def present(told: Mapping[str, Any], names: Mapping[str, str]) -> Story:
    """The page."""
    stations = sorted([*_warnings(told, names), *_spoke(told)], key=lambda each: each[0])
    wanted = {told["visible"], told["acted"]}
    return Story(
        name=told["name"],
        opening=_opening(told),
        headline=f"{wording.figure(told['months'], 'month')}" if told["months"] is not None else "",
        visible=_day(told["visible"]) if told["visible"] else "",
        acted=_day(told["acted"]) if told["acted"] else "",
        refusals=_refusals(told["warnings"]),
        stations=tuple(each for _, each in stations),
        days=tuple(_knew(each, names) for each in told["days"] if each["day"] in wanted),
        limits=tuple(told["limits"]),
    )  # fmt: skip


def _opening(told: Mapping[str, Any]) -> str:
    children = wording.figure(told["children"], "child", "children")
    agencies = wording.figure(len(told["agencies"]), "agency", "agencies")
    records = wording.figure(told["records"], "record")
    span = f"{_day(told['from'])} to {_day(told['until'])}"
    return f"{children}, {agencies}, {span}: {records} of them, among {told['around']:,} of the area around."


def _refusals(warnings: list[dict[str, Any]]) -> str:
    silent = [each for each in warnings if not each["answered"]]
    refused = [
        each for each in warnings if each["answered"] and each["answered"]["decision"] == "no_further_action"
    ]
    return (
        f"Of {wording.figure(len(warnings), 'warning')}, {len(silent)} had no answer by the end, and {len(refused)} were "
        "answered with no further action."
    )


def _warnings(told: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, Station]]:
    for each in told["warnings"]:
        by = _person(each["by"]) if each["by"] else "Somebody"
        children = wording.figure(each["children"], "child", "children")
        title = f"{by}, {_agency(each['agency'], names)}, warns of {children}"
        yield (
            each["day"],
            Station(_day(each["day"]), title, False, each["words"], tuple(_came(each, told, names))),
        )


def _came(each: dict[str, Any], told: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """What came of a warning, a sentence each."""
    heard = [
        f"{_person(one)} of {_agency(one['agency'], names)} on {_day(one['day'])}" for one in each["told"]
    ]
    yield f"Told: {wording.listed(heard)}." if heard else "Nobody was told."
    answer = each["answered"]
    if answer:
        after = wording.figure(each["answered_after_days"], "day")
        reason = f" “{each['reason']}”" if each["reason"] else ""
        yield f"Answered after {after} by {_person(answer)}: {labels.plain(answer['decision'])}.{reason}"
    else:
        yield f"Nobody had answered by {_day(told['until'])}."
    if each["climbs"]:
        rung, day = each["climbs"][-1]
        yield f"With Heed, the silence would have reached {rung} on {_day(day)}."


def _spoke(told: Mapping[str, Any]) -> Iterator[tuple[str, Station]]:
    for each in told["fired"]:
        yield (
            each["day"],
            Station(_day(each["day"]), f"Heed would have spoken: {each['rule']}", True, each["words"], ()),
        )


def _knew(each: dict[str, Any], names: Mapping[str, str]) -> Knew:
    rows = tuple(
        Row(
            f"{_agency(rank['agency'], names)}, {labels.GRADES.get(rank['grade'], 'rank not given')}",
            (str(rank["knew"]), str(rank["people"])),
        )
        for rank in each["ranks"]
    )
    sentence = (
        f"{each['knew']} of the {each['people']} professionals who stand in the records knew of a warning."
    )
    return Knew(_day(each["day"]), each["why"], sentence, rows)


def _person(each: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (each["name"], each["role"])))


def _agency(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, labels.plain(code))


def _day(text: str) -> str:
    return wording.day(date.fromisoformat(text))
