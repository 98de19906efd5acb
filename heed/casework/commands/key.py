"""`heed key make|list|revoke`: the keys with which agencies' systems send records."""

import json

import click


@click.group
def command() -> None:
    """Keys with which agencies' systems send records over HTTPS. A key can send, and read nothing."""
    from heed.casework.installation import ready

    ready()


@command.command
@click.option("--agency", required=True, help="The agency whose system it is.")
@click.option("--name", required=True, metavar="TEXT", help="What it is for, such as the system's name.")
@click.option(
    "--new-agency", metavar="NAME", help="The name of an agency whose code is not known yet: it is made."
)
def make(agency: str, name: str, new_agency: str | None) -> None:
    """Make a key and print its secret, once: nobody can show it again."""
    from heed.casework.actions.agency_keys import make_key
    from heed.casework.agencies import check_code, check_known
    from heed.casework.clock import now
    from heed.casework.progress import say

    check_code(agency)
    check_known(agency, new_agency)
    key, token = make_key(agency=agency, new_agency=new_agency, name=name, by=None, now=now())
    say(
        f"Key {key.pk} of {agency}. Its secret is shown this once; if it is lost, revoke it and make another."
    )
    click.echo(token)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a key.")
def list_(as_json: bool) -> None:
    """Every key there ever was, never its secret."""
    from heed.casework.models import AgencyKey

    for key in AgencyKey.objects.order_by("pk"):
        revoked = key.revoked_at.isoformat() if key.revoked_at else None
        told = {"key": key.pk, "agency": key.agency_id, "name": key.name, "made_at": key.made_at.isoformat()}
        if as_json:
            click.echo(json.dumps({**told, "revoked_at": revoked}, ensure_ascii=False))
        else:
            state = f"revoked {revoked}" if revoked else "in use"
            click.echo(f"{key.pk}  {key.agency_id}  {key.name}  made {told['made_at']}  {state}")


@command.command
@click.argument("number", type=click.IntRange(1, 2**31))
def revoke(number: int) -> None:
    """From now on the key opens nothing. What it sent stays; `heed batch withdraw` takes that back."""
    from heed.casework.actions.agency_keys import revoke_key
    from heed.casework.clock import now
    from heed.casework.progress import say

    key = revoke_key(number=number, by=None, now=now())
    say(f"Key {key.pk} of {key.agency_id} ({key.name}) is revoked.")
