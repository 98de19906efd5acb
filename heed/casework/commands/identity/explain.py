"""`heed identity explain AGENCY REF AGENCY REF`: a pair, reason by reason."""

import json
from dataclasses import asdict

import click


@click.command
@click.argument("left", nargs=2, metavar="AGENCY REF")
@click.argument("right", nargs=2, metavar="AGENCY REF")
@click.option("--by", "username", metavar="NAME", help="Who looks, as they sign in.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(left: tuple[str, str], right: tuple[str, str], username: str | None, as_json: bool) -> None:
    """Say why two people in agencies' files are, or are not, one person: each reason with its weight in bits (one more
    doubles the odds), the sum, and the probability it stands for. The look is written down before anything is shown.
    The output speaks of children: keep it as you keep a file."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.explaining import pair_explained
    from heed.casework.clock import now
    from heed.casework.commands.erase import who
    from heed.casework.linking.explaining import explain

    found = explain(" ".join(left), " ".join(right))
    pair_explained(left=found.left, right=found.right, by=who(username) if username else None, now=now())
    if as_json:
        click.echo(json.dumps(asdict(found.judgement), ensure_ascii=False))
        return
    for term in found.judgement.terms:
        click.echo(f"{term.weight:+7.2f}  {term.sentence}")
    click.echo(f"{found.judgement.weight:+7.2f}  in all: probability {found.judgement.probability:.4f}")
    click.echo("One person now." if found.together else "Two people now.")
