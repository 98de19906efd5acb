"""Run as a program: save COUNT concerns one after the other and say each on stdout once it is acknowledged.

With a second argument the database is opened with that `synchronous`: the broken variant that a drill must catch.
"""

import os
import sys
from datetime import timedelta


def main() -> None:
    """Make the house ready; with a count of 0 that is all."""
    from heed.config.cli import settle

    settle(None)
    from django.conf import settings

    count, *mode = sys.argv[1:]
    if mode:
        options = settings.DATABASES["default"]["OPTIONS"]
        options["init_command"] = options["init_command"].replace(
            "synchronous=FULL", f"synchronous={mode[0]}"
        )
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.receive import receive
    from tests.concerns import MONDAY, concern

    for n in range(int(count)):
        ref = f"C-{n}"
        receive(record=concern(ref, child=f"p-{n}"), by=None, now=MONDAY + timedelta(seconds=n))
        os.write(1, f"{ref}\n".encode())


if __name__ == "__main__":
    main()
