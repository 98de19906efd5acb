"""`heed identity explain AGENCY REF AGENCY REF`: a pair, reason by reason."""

import json
from dataclasses import asdict

import click

BECAME = {
    "given": "Given",
    "asked": "Waits for a second person",
    "confirmed": "Confirmed by a second person",
    "declined": "Not confirmed",
    "withdrawn": "Withdrawn by whoever gave it",
    "lapsed": "Lapsed: the record changed, and names somebody else where this was said of",
}


@click.command
@click.argument("left", nargs=2, metavar="AGENCY REF")
@click.argument("right", nargs=2, metavar="AGENCY REF")
@click.option("--by", "username", metavar="NAME", help="Who looks, as they sign in.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(left: tuple[str, str], right: tuple[str, str], username: str | None, as_json: bool) -> None:
    """Say why two people in agencies' files are, or are not, one person: each reason with its weight in bits (one more
    doubles the odds), the sum, and the probability it stands for. The look is written down before anything is shown.
    What people said of the pair follows, the newest first, with what became of it. The output
    speaks of children: keep it as you keep a file."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.explaining import pair_explained
    from heed.casework.clock import now
    from heed.casework.commands.erase import who
    from heed.casework.linking.explaining import explain

    found = explain(" ".join(left), " ".join(right))
    pair_explained(left=found.left, right=found.right, by=who(username) if username else None, now=now())
    if as_json:
        said = [
            {"verdict": one.verdict, "state": one.state, "stands": one.stands, "role": one.role,
             "agency": one.agency, "at": one.at.isoformat()}
            for one in found.verdicts
        ]  # fmt: skip
        told = asdict(found.judgement) | {"verdicts": said, "together": found.together}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for term in found.judgement.terms:
        click.echo(f"{term.weight:+7.2f}  {term.sentence}")
    click.echo(f"{found.judgement.weight:+7.2f}  in all: probability {found.judgement.probability:.4f}")
    for one in found.verdicts:
        stands = "; it counts" if one.stands else ""
        click.echo(
            f"{one.role}, {one.agency}, {one.at:%Y-%m-%d}: {one.verdict}. {BECAME[one.state]}{stands}."
        )
    click.echo("One person now." if found.together else "Two people now.")
