"""`heed identity resolve ANSWER`: an agency finds its own children behind the handles of an answer. An experiment."""

import json
import sys
from pathlib import Path

import click


@click.command
@click.argument("answer", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", required=True, help="The agency that the answer is for.")
@click.option("--by", "username", metavar="NAME", help="Who looks, as they sign in.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a child.")
def command(answer: Path, agency: str, username: str | None, as_json: bool) -> None:
    """Say which of an agency's own children the other agency holds as well, by the agency's own reference, each with the
    number to name when you ask. It is written down before anything is shown. What the other holds is not told: ask."""
    from heed.casework.installation import ready
    from heed.core.records.explained import Explained

    ready()
    from heed.casework.actions.encoding import handles_resolved
    from heed.casework.clock import now
    from heed.casework.commands.erase import who
    from heed.casework.exports import check_agency
    from heed.casework.policy.without_names import read_without_names
    from heed.casework.progress import say
    from heed.casework.without_names import resolved
    from heed.core.identity.encoded_files import read_answer

    read_without_names().check()
    check_agency(agency)
    project, mine, other, ask, people = read_answer(
        answer.name, answer.read_text(encoding="utf-8", errors="replace")
    )
    if mine != agency:
        raise Explained(f"This answer is for {mine}. Whoever has it by mistake deletes it and says so.")
    handles = [handle for _, handle in people]
    by = who(username) if username else None
    handles_resolved(agency=agency, project=project, other=other, handles=handles, by=by, now=now())
    own = resolved(agency, project, handles)
    for number, handle in people:
        if ref := own.get(handle):
            told = {"conversation": number, "agency": agency, "ref": ref, "ask": ask, "at": other}
            click.echo(
                json.dumps(told, ensure_ascii=False)
                if as_json
                else f"{number}  {agency} {ref}: ask {ask or other}"
            )
    lost = len(people) - len(own)
    say(
        f"{len(own)} of your children are held by {other} too, as far as codes tell: talk before you act on it. A child"
        " who is not in it may be there all the same."
    )
    if lost:
        say(f"{lost} handles are nobody's here: erased since, or not made by this house.")
        sys.exit(1)
