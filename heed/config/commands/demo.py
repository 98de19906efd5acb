"""`heed demo`: an empty house filled with the fictional county, and served."""

import json
from datetime import date, datetime
from pathlib import Path

import click

STAMP = "demo.json"


@click.command()
@click.option("--town", type=click.Choice(["small", "county"]), default="small", show_default=True)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed, another county.")
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
def command(town: str, seed: int, no_serve: bool, host: str, port: int) -> None:
    """Fill an empty house with the fictional county and serve it. The second time it only serves."""
    from heed.casework.installation import ready

    ready()
    from django.conf import settings

    from heed.casework.clock import now

    told = _filled(settings.DATA, town) or _fill(settings.DATA, town, seed, now())
    _tell(told, host, port)
    if not no_serve:
        from heed.config.commands.serve import serve

        serve(host=host, port=port)


def _filled(data: Path, town: str) -> dict[str, object] | None:
    """What the stamp of an earlier filling says; a house with anything else in it is left alone."""
    from heed.core.records.explained import Explained

    file = data / STAMP
    if not file.exists():
        return None
    told: dict[str, object] = json.loads(file.read_text())
    if told["town"] != town:
        raise Explained(
            f"{data} already holds the {told['town']} town. Name another folder with --data, or remove this one."
        )
    return told if told.get("whole") else None


def _fill(data: Path, town: str, seed: int, now: datetime) -> dict[str, object]:
    from heed.casework.progress import say
    from heed.config.demo import filling, people

    told = _begun(data) or {
        "town": town, "seed": seed, "until": now.date().isoformat(), "password": people.password(), "whole": False,
    }  # fmt: skip
    _stamp(data, told)
    files = data / "demo-files"
    _write_county(files, town, int(str(told["seed"])), date.fromisoformat(str(told["until"])))
    filling.fill(files, password=str(told["password"]), now=now, say=say)
    _review(data)
    told |= {"whole": True}
    _stamp(data, told)
    return told


def _review(data: Path) -> None:
    """The Ashmere review beside the county: its files, which can be imported elsewhere, and its replay for the page."""
    from heed.casework.doors.story import FILE
    from heed.casework.progress import say
    from heed.config.commands.review import ashmere

    say("Replaying the Ashmere review")
    story = ashmere(data / "demo-files" / "ashmere")
    (data / FILE).write_text(json.dumps(story, ensure_ascii=False), encoding="utf-8")


def _begun(data: Path) -> dict[str, object] | None:
    """An interrupted filling goes on with the same county."""
    file = data / STAMP
    return json.loads(file.read_text()) if file.exists() else None


def _write_county(files: Path, town: str, seed: int, until: date) -> None:
    from heed.casework.progress import say
    from synthetic.town import TOWNS
    from synthetic.write import generate

    if not (files / "truth.json").exists():
        counts = generate(TOWNS[town], seed, until, files, lambda words: say(f"Making {words}"))
        say(f"{sum(counts.values()):,} fictional records of {len(counts)} agencies")


def _stamp(data: Path, told: dict[str, object]) -> None:
    file = data / STAMP
    file.touch(mode=0o600)
    file.write_text(json.dumps(told, indent=1))


def _tell(told: dict[str, object], host: str, port: int) -> None:
    """Who can sign in, on stderr like all words."""
    from rich.table import Table

    from heed.casework.progress import CONSOLE, say
    from heed.config.demo.people import who_to_be

    table = Table("sign in as", "who", "agency", "why look", box=None, pad_edge=False)
    for row in who_to_be():
        table.add_row(*row)
    say(f"\nAshmere ({told['town']} town) is ready. Everybody's password: {told['password']}\n")
    CONSOLE.print(table)
    say(
        f"\nhttp://{host}:{port}/reviews/ashmere tells the Ashmere review: who knew what, and when it was visible."
    )
    say(f"http://{host}:{port}/   All of it is fictional. No finding never means safe.\n")
