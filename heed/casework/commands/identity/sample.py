"""`heed identity sample`: draw pairs for people to judge blind."""

import click


@click.command
@click.option("--seed", default="", metavar="TEXT", help="Draw as a draw with this seed did; else by lot.")
@click.option("--by", "username", metavar="NAME", help="Who draws, as they sign in.")
def command(seed: str, username: str | None) -> None:
    """Draw pairs from every band of what is linked now, at random, as many as policy/quality.yaml says. People judge
    them on the page /identity/sample without being told what the model says. The seed is kept: the same seed on the
    same records and links draws the same pairs."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.sampling import count_linking, draw_sample
    from heed.casework.clock import now
    from heed.casework.commands.erase import who
    from heed.casework.progress import say
    from heed.casework.quality.judged import design_of
    from heed.core.identity.sampling import BANDS

    by = who(username) if username else None
    drawn = draw_sample(seed=seed, by=by, now=now())
    count_linking(by=by, now=now())
    design = design_of(drawn)
    say(
        f"Draw {drawn.pk}, seed {drawn.seed}: {sum(design.drawn.values())} pairs to judge, in an order by lot."
    )
    for band in BANDS:
        say(f"  {band}: {design.drawn.get(band, 0)} of {design.pairs.get(band, 0):,}")
