"""`heed review [FOLDER] [--area FOLDER] [--json]`: a case replayed from its files; the Ashmere review without one."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", required=False, type=FOLDER)
@click.option("--area", type=FOLDER, help="Records of the area around it, as `heed synth` writes them.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer as one line of JSON.")
def command(folder: Path | None, area: Path | None, as_json: bool) -> None:
    """Replay a case day by day, each day knowing only what had been written down by its end: the date on which each rule
    would have spoken, who had been told, who did not answer, who knew. FOLDER holds records by agency and case.json.
    Without one it is the Ashmere review: six children, five agencies, six years, all of it fictional."""
    from heed.casework.installation import ready

    ready()
    with TemporaryDirectory() as place:
        story = story_of(folder, area) if folder else ashmere(Path(place))
    if as_json:
        click.echo(json.dumps(story, ensure_ascii=False))
        return
    for line in _lines(story):
        click.echo(line)


def ashmere(place: Path) -> dict[str, Any]:
    """The Ashmere review, its files written into a folder and replayed there."""
    from synthetic.ashmere.case import write, write_area

    write(place / "case")
    write_area(place / "area")
    return story_of(place / "case", place / "area")


def story_of(folder: Path, area: Path | None) -> dict[str, Any]:
    """The replay of a folder as JSON; with the words of its warnings where the case says that it is made up."""
    from heed.casework.casefiles import read_case
    from heed.casework.casestory import as_story

    fictional = json.loads((folder / "case.json").read_text()).get("fictional") is True
    return as_story(read_case(folder, area), with_words=fictional)


def _lines(story: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{story['name']}: {story['children']} children, {len(story['agencies'])} agencies, "
        f"{story['from']} to {story['until']}, {story['records']} records among {story['around']} of the area"
    )
    yield (
        f"visible on {story['visible'] or 'no day'}, first acted on {story['acted'] or 'no day'}"
        + (f", {story['months']} months" if story["months"] is not None else "")
    )
    yield "\nWhat each rule would have said"
    for each in story["fired"]:
        yield f"{each['day']}  {each['rule']}, {_children(each)}: {each['words']}"
    yield "\nWhat was said, to whom, and what came of it"
    for each in story["warnings"]:
        yield from _warning(each, story["until"])
    yield "\nWho knew"
    for each in story["days"]:
        yield f"{each['day']}  {each['knew']} of {each['people']} people ({each['why']})"
        yield from (
            f"    {r['agency']}, {r['grade'] or 'no rank'}: {r['knew']} of {r['people']}"
            for r in each["ranks"]
        )
    yield ""
    yield from story["limits"]


def _warning(each: dict[str, Any], until: str) -> Iterator[str]:
    by = f"{each['by']['name']}, {each['by']['role']}" if each["by"] else "author not given"
    yield f"{each['day']}  {each['ref']}, {each['kind']} of {each['agency']}, {by}: {_children(each)}"
    for one in each["told"]:
        yield f"    told on {one['day']}: {one['name']}, {one['role']}, {one['agency']}"
    answer = each["answered"]
    if answer:
        yield f"    answered on {answer['day']} by {answer['name']}, {answer['role']}: {answer['decision']}"
    else:
        yield f"    nobody had answered by {until}"
    yield from (f"    did not answer: {one['name']}, {one['role']}" for one in each["silent"])
    yield from (f"    today's ladder: {rung} on {day}" for rung, day in each["climbs"])


def _children(each: dict[str, Any]) -> str:
    return "1 child" if each["children"] == 1 else f"{each['children']} children"
