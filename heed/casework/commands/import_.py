"""`heed import FORMAT PATH...`: an agency's files into Heed, with an account of every line.

Exit codes: 0 every line went in; 1 some were refused; 2 nothing could be read.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from heed.casework.doors.unwritten import Unwritten
    from heed.casework.intake import Account, Intake
    from heed.formats import Format
    from heed.formats.contract import Refused


@click.command()
@click.argument("format_name", metavar="FORMAT")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH..."
)
@click.option("--agency", help="The agency whose files these are. Without it a line's own agency counts.")
@click.option(
    "--collection-year", help="The year of a statutory return, such as 2017/18; else it is inferred."
)
@click.option("--submission", help="Which submission of that year: a higher one supersedes. The first is 1.")
@click.option(
    "--mapping", help="The mapping file of a table: which column says what. `heed map FILE` proposes one."
)
@click.option(
    "--option",
    "more",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another option of the format, as docs name it.",
)
@click.option(
    "--receipts",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A new file for a signed receipt of every record: keep it outside Heed.",
)
@click.option("--json", "as_json", is_flag=True, help="The account as one line of JSON, on stdout.")
def command(
    format_name: str,
    paths: tuple[Path, ...],
    agency: str | None,
    collection_year: str | None,
    submission: str | None,
    mapping: str | None,
    more: tuple[str, ...],
    receipts: Path | None,
    as_json: bool,
) -> None:
    """Read files of a FORMAT (records, ssda903, table, mail and more) into Heed. Every line is accounted for; refused
    lines are listed with the key at fault, what was found and what was expected, and the rest goes in."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.batches import of_command
    from heed.casework.clock import now
    from heed.casework.doors.unwritten import WRITING, unwritten
    from heed.casework.intake import Intake
    from heed.casework.progress import say, track
    from heed.formats import load
    from heed.formats.ahead import Asked, read_ahead
    from heed.formats.contract import files

    format_ = load(format_name)
    _check(format_.needs_agency, agency, format_name)
    intake = Intake(now, lambda row: say(_refusal(row)), say)
    for file in files(paths):
        intake.account(str(file)).lines = _count(file, format_)
    intake.batch = of_command(agency=agency, digest=_digest(files(paths)), now=now())
    given = {"collection_year": collection_year, "submission": submission, "mapping": mapping}
    options = _options(format_, given, more)
    known = _agencies()
    asked = Asked(format_name, paths, agency, options)
    rows = read_ahead(asked, intake.total().lines)
    try:
        with _keeping(receipts, intake):
            intake.take(track(rows, f"Reading {format_name}", total=intake.total().lines))
    except KeyboardInterrupt:
        say("Stopped. What was saved stays; run the same command again for the rest: nothing is doubled.")
        raise
    except WRITING as trouble:
        why = unwritten(trouble)
        if why is None:
            raise
        raise _not_written(intake, why) from None
    for account in intake.accounts.values():
        account.check()
    for code in sorted(intake.agencies - known):
        say(f"Agency {code} was not known: it is now, with a placeholder in every post. Name its people.")
    if as_json:
        click.echo(json.dumps(_data(format_name, agency, intake), ensure_ascii=False))
    else:
        _tell(intake, format_.unit)
    _leave(intake, paths)


def _not_written(intake: "Intake", why: "Unwritten") -> Exception:
    """What to say when the rest cannot be written."""
    from heed.core.records.explained import Explained

    total = intake.total()
    return Explained(
        f"{why.why} {total.accepted + total.superseding} records of this import were saved before that and stay "
        "saved; nothing of the rest is. Mend that, then run the same command again: nothing is doubled."
    )


def _digest(found: list[Path]) -> str:
    """SHA-256 over the SHA-256 of each file in its order: which files a batch came from, without their names."""
    whole = hashlib.sha256()
    for file in found:
        try:
            with file.open("rb") as opened:
                whole.update(hashlib.file_digest(opened, "sha256").digest())
        except OSError:
            whole.update(b"?")  # what cannot be read is said, file by file, where the lines are counted
    return whole.hexdigest()


@contextmanager
def _keeping(out: Path | None, intake: "Intake") -> Iterator[None]:
    """Write the signed receipt of each record that was saved, one after the other, to a file of its own."""
    from heed.casework.receipting import signed
    from heed.core.records.explained import Explained

    if out is None:
        yield
        return
    try:
        file = out.open("x", encoding="utf-8", newline="\n")
    except OSError as trouble:
        raise Explained(f"{out} cannot be made for receipts: {trouble.strerror}. Name a new file.") from None
    with file:
        intake.on_receipt = lambda receipt: print(signed(receipt), end="", file=file)
        yield


def _options(format_: "Format", given: dict[str, str | None], more: tuple[str, ...]) -> dict[str, str]:
    """What was asked of the format, each an option it has."""
    from heed.core.records.explained import Explained

    options = {name: value for name, value in given.items() if value is not None}
    for each in more:
        name, equals, value = each.partition("=")
        if not equals:
            raise Explained(f"--option {each!r} is not NAME=VALUE, such as --option collection_year=2017/18.")
        options[name.strip()] = value
    for name in options:
        if name not in format_.options:
            known = ", ".join(format_.options) or "none"
            raise Explained(f"files of format {format_.name} have no option {name!r}; there are: {known}.")
    return options


def _count(file: Path, format_: "Format") -> int:
    """The lines of a file (rows, elements, messages), counted by themselves: what the reader accounts for must come
    to the same."""
    from heed.core.records.explained import Explained

    if not file.is_file():
        raise Explained(
            f"{file} is not a file that can be read twice; save it to disk first and import that."
        )
    try:
        return format_.count(file)
    except OSError as trouble:
        raise Explained(f"{file} cannot be read: {trouble.strerror}. Check who may read it.") from None


def _check(needs_agency: bool, agency: str | None, format_name: str) -> None:
    from heed.casework.agencies import check_code
    from heed.core.records.explained import Explained

    if agency is not None:
        check_code(agency)
    if needs_agency and agency is None:
        raise Explained(
            f"files of format {format_name} do not say whose they are: add --agency CODE, the agency that sent "
            "them, such as --agency social_care."
        )


def _agencies() -> set[str]:
    from heed.casework.models import Agency

    return set(Agency.objects.values_list("pk", flat=True))


def _leave(intake: "Intake", paths: tuple[Path, ...]) -> None:
    from heed.core.records.explained import Explained

    total = intake.total()
    if not intake.agencies:
        where = ", ".join(path.name for path in paths)
        raise Explained(
            f"nothing in {where} could be read: of {total.lines} lines {total.refused} were refused, "
            f"{total.blank} are blank and {total.set_aside} were set aside. Check that the format is the right "
            "one; what is wrong with each line is listed above."
        )
    if total.refused:
        sys.exit(1)


def _refusal(row: "Refused") -> str:
    where = row.at.place or f"line {row.at.number}"
    return f"{row.at.file} {where}: {row.key}: found {row.found}; expected {row.expected}"


def _tell(intake: "Intake", unit: str) -> None:
    """The account as a person reads it, on stderr: what a program reads is --json's, on stdout."""
    from heed.casework.progress import say

    for account in intake.accounts.values():
        say(_sentence(account, unit))
        for why, times in sorted(account.why_set_aside.items()):
            say(f"    {times} set aside: {why}")
    total = intake.total()
    if len(intake.accounts) > 1:
        say(_sentence(total, unit))
    for kind, times in sorted(intake.notes.items()):
        say(f"Noted {times} times: {_words(kind, intake)}")
    if total.unchanged and not total.accepted + total.superseding:
        say(f"Nothing changed: all {total.unchanged} records were here already.")


def _words(kind: str, intake: "Intake") -> str:
    """A note in its words; where a kind has several, each with its count, the most frequent first."""
    told = intake.words[kind].most_common()
    if len(told) == 1:
        return f"{kind}: {told[0][0]}"
    return f"{kind}:" + "".join(f"\n    {times} times: {words}" for words, times in told)


def _sentence(account: "Account", unit: str) -> str:
    if account.not_opened:
        return f"{account.file}: not opened: {account.not_opened}"
    return (
        f"{account.file}: {account.lines} {unit}s = {account.accepted} accepted + {account.superseding} "
        f"superseding + {account.unchanged} unchanged + {account.refused} refused + {account.blank} blank + "
        f"{account.set_aside} set aside"
    )


def _data(format_name: str, agency: str | None, intake: "Intake") -> dict[str, Any]:
    """The account as data. `rules` are the notes that carry the number of a statutory rule."""
    from heed.casework.intake import WAYS, as_json

    total = intake.total()
    return {
        "format": format_name,
        "agency": agency,
        "lines": total.lines,
        **{way: getattr(total, way) for way in WAYS},
        "changed": bool(total.accepted + total.superseding),
        "notes": dict(sorted(intake.notes.items())),
        "rules": {kind: times for kind, times in sorted(intake.notes.items()) if kind.isdigit()},
        "notes_in_words": {kind: dict(told.most_common()) for kind, told in sorted(intake.words.items())},
        "remarks": intake.remarks,
        "refusals": [
            {
                "file": r.at.file,
                "line": r.at.number,
                "key": r.key,
                "found": r.found,
                "expected": r.expected,
                **({"place": r.at.place} if r.at.place else {}),
            }
            for r in intake.refusals
        ],
        "refusals_not_listed": total.refused - len(intake.refusals),
        "files": [as_json(account) for account in intake.accounts.values()],
    }
