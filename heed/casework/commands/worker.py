"""`heed worker [--once]`: do what is owed to saved records, and keep the clock running."""

from contextlib import suppress

import click


@click.command
@click.option("--once", is_flag=True, help="Do what is waiting, run the clock once, and stop.")
def command(once: bool) -> None:
    """Link, notice and hold: for every record that was saved, and for every minute that passes."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.ending import Ended, end_when_told, told
    from heed.casework.together import end_with_parent
    from heed.casework.worker import leases, run_forever

    if once:
        _once()
        return
    end_with_parent()
    with suppress(Ended):
        end_when_told(last=leases.give_back)
        run_forever(told)


def _once() -> None:
    from heed.casework import clock
    from heed.casework.attachments.looking import look_at_files
    from heed.casework.mail.replying import carry
    from heed.casework.progress import say
    from heed.casework.tick import tick
    from heed.casework.worker import parked, work_once

    now = clock.now()
    done = 0
    while finished := work_once(now):
        done += finished
    look_at_files(now)
    carry(now)
    climbs = tick(now)
    say(f"Done from the outbox: {done}. Rungs climbed: {len(climbs)}.")
    for row in parked():
        say(f"Parked after {row.attempts} attempts: {row.kind} {row.subject} ({row.last_error})")
