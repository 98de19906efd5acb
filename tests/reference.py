"""Writes docs/reference from the code: `python3 dev.py docs`. A house test fails when it is stale."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Written by `python3 dev.py docs` from the code and policy. Do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """Every page of the reference by its file name."""
    texts = {
        "README.md": index(),
        "detectors.md": detectors(),
        "ladder.md": ladder(),
        "practice.md": practice(),
        "formats.md": formats(),
        "commands.md": commands(),
    }
    return {name: MADE + text.strip() + "\n" for name, text in texts.items()}


def index() -> str:
    """What there is."""
    return """# Reference

- [Detectors](detectors.md): what each rule notices, why, and its limits
- [The ladder](ladder.md): who owes an answer, by when, and what silence does
- [The rules of practice](practice.md): P1 to P12, what each counts, what it opens, and where its numbers stand
- [Formats](formats.md): the files Heed reads
- [Commands](commands.md)
- [Records over HTTPS](api.md), written by hand: what an agency's system sends, and what it is answered
"""


def detectors() -> str:
    """The list a lead signs: words and limits of every detector, and its thresholds with their words."""
    from heed.core.patterns import DETECTORS

    parts = [
        "# Detectors\n\nNo finding never means safe. No rule reads a demographic fact; none scores a child.\n"
    ]
    for each in DETECTORS:
        parts.append(
            f"## {each.title}\n\n`{each.name}`, version {each.version}\n\n{each.words}\n\n"
            f"**Why it matters.** {each.why_it_matters}\n\n**Limits.** {each.limits}\n"
        )
    parts.append(
        "## Thresholds\n\n```yaml\n" + (ROOT / "policy" / "thresholds.yaml").read_text().strip() + "\n```\n"
    )
    return "\n".join(parts)


def ladder() -> str:
    """The rungs as a table, and the kinds of record that open a duty."""
    rungs = yaml.safe_load((ROOT / "policy" / "ladder.yaml").read_text())
    duties = yaml.safe_load((ROOT / "policy" / "duties.yaml").read_text())
    rows = [
        f"| {number} | {rung['name']} | {_whose(rung)} | {rung['acknowledge']} | {rung['answer']} |"
        for number, rung in enumerate(rungs["rungs"])
    ]
    opens = [f"- `{kind}`: {rule['clause']}" for kind, rule in duties["opens"].items()]
    return "\n".join(
        [
            "# The ladder",
            "",
            f"Source: {rungs['source'].strip()}. Owner: {rungs['owner']}. To be reviewed by {rungs['review_date']}.",
            "",
            "| rung | name | who owes the answer | acknowledge within | answer within |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "Silence past the answer's deadline climbs one rung by itself. Reading clears nothing. "
            "The top rung stays owed.",
            "",
            "## What opens a duty",
            "",
            *opens,
            f"- a finding: {duties['finding']['clause']}",
        ]
    )


def practice() -> str:
    """P1 to P12 as a table, and the numbers of each as policy has them."""
    told = yaml.safe_load((ROOT / "policy" / "practice.yaml").read_text())
    rows = [
        f"| {number} | {_line(each['rule'])} | {_line(each['opens'])} | {each['when']} | {each['source']} |"
        for number, each in told["rules"].items()
    ]
    numbers = [
        f"- **{number}** `{file}.yaml`, `{where}`: {_values(file, where)}"
        for number, each in told["rules"].items()
        for file, _, where in (place.partition(" ") for place in each["stands"])
    ]
    return "\n".join(
        [
            "# The rules of practice",
            "",
            "Counted facts that ask somebody for something. None scores a child, none reads a demographic fact, and no "
            "rule that stays quiet means safe. "
            f"Source: {told['source']}. Owner: {told['owner']}. To be reviewed by {told['review_date']}.",
            "",
            "| | rule | what it opens | when | source |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "## Where the numbers stand",
            "",
            "A partnership sets its own in its folder of policy; these are those Heed comes with. What nobody answers "
            "climbs [the ladder](ladder.md).",
            "",
            *numbers,
        ]
    )


def _line(words: str) -> str:
    return " ".join(words.split())


def _values(file: str, where: str) -> str:
    """The numbers of a block of policy in one line: plain values, and those one step below."""
    found = yaml.safe_load((ROOT / "policy" / f"{file}.yaml").read_text())
    for step in where.split("."):
        found = found[step]
    if isinstance(found, list):
        return f"{len(found)} of them"
    return _told(found)


KEEPERS = ("source", "owner", "effective_from", "review_date", "words")


def _told(found: object) -> str:
    if not isinstance(found, dict):
        return f"{', '.join(map(str, found)) if isinstance(found, list) else found}"
    if "value" in found:
        return str(found["value"])
    parts = [(name, _told(each)) for name, each in found.items() if name not in KEEPERS]
    return "; ".join(f"{name.replace('_', ' ')}: {each}" for name, each in parts)


def _whose(rung: dict[str, str]) -> str:
    """The post of a rung, and whose it is where it is not the owing agency's."""
    return rung["post"].replace("_", " ") + (" of the partnership" if rung.get("of") == "partnership" else "")


def formats() -> str:
    """Every format folder with its own words."""
    parts = ["# Formats\n"]
    for file in sorted((ROOT / "heed" / "formats").glob("*/format.yaml")):
        told = yaml.safe_load(file.read_text())
        parts.append(
            f"## `heed import {file.parent.name.replace('_', '-')}`\n\n{told['title']}\n\n{told['what'].strip()}\n\n"
            f"Files: {told['files']}\n\nAccounted for by the {told.get('unit', 'line')}.\n"
        )
        parts += [f"- `--option {name}=`: {words}" for name, words in told["options"].items()] + [""]
    return "\n".join(parts)


def commands() -> str:
    """The table of commands."""
    from heed.config.cli import COMMANDS

    rows = [f"| `heed {name}` | {words} |" for name, (_, words) in COMMANDS.items()]
    return "\n".join(["# Commands", "", "| command | does |", "|---|---|", *rows])


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
        print(f"docs/reference/{name}")
