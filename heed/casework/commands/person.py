"""`heed person add|invite|post|end|address|way|away|back|on-call|list`: who works here, in which posts, and when."""

import json
from datetime import datetime
from urllib.parse import urlsplit

import click

from heed.casework.commands.instants import Instant


def _reachable(_context: click.Context, _option: click.Parameter, address: str) -> str:
    """The address, before anything is written: whoever is invited opens what is made of it."""
    from heed.core.records.explained import Explained

    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        whole = False
    if not whole or not _plain(address):
        raise Explained(
            f"--address {address!r} is not where people reach this Heed: write http:// or https:// and its name, such "
            "as https://heed.example.gov.uk."
        )
    return address


def _plain(address: str) -> bool:
    """Whether what is put behind it is read as a path, and its name as nothing else."""
    return address.isprintable() and not set(address) & set(" ?#@\\<>\"'")


WHO = click.argument("username", metavar="NAME")
ADDRESS = click.option(
    "--address",
    default="http://127.0.0.1:8000",
    show_default=True,
    callback=_reachable,
    help="Where people reach this Heed, for the invitation.",
)


@click.group
def command() -> None:
    """People who work here and the posts they hold. Nobody's password is given here: each chooses their own, through an
    invitation that opens once."""
    from heed.casework.installation import ready

    ready()


@command.command
@WHO
@click.option("--name", required=True, metavar="TEXT", help="Their name, as others read it.")
@click.option("--agency", required=True, metavar="CODE", help="For whom they work, such as social_care.")
@click.option(
    "--new-agency", metavar="NAME", help="The name of an agency whose CODE is not known yet: it is made."
)
@click.option("--role", required=True, metavar="TEXT", help="Their job, in words.")
@click.option("--grade", required=True, help="frontline, supervisor, manager, senior or executive.")
@click.option("--manager", metavar="NAME", help="Their line manager, as they sign in.")
@ADDRESS
def add(
    username: str,
    name: str,
    agency: str,
    new_agency: str | None,
    role: str,
    grade: str,
    manager: str | None,
    address: str,
) -> None:
    """Somebody new, who signs in as NAME; prints the invitation through which they choose a password."""
    from heed.casework.actions import people
    from heed.casework.agencies import check_code
    from heed.casework.clock import now
    from heed.casework.progress import say

    check_code(agency)
    made = people.add(
        username=username, name=name, agency=agency, role=role, grade=grade, manager=manager,
        new_agency=new_agency, by=None, now=now(),
    )  # fmt: skip
    if new_agency is not None:
        say(f"Agency {agency} is new here, with a placeholder in every post. Name its people.")
    say(f"{made}, {made.agency}, signs in as {username}. `heed person post` gives them a post.")
    _invite(username, address)


@command.command
@WHO
@ADDRESS
def invite(username: str, address: str) -> None:
    """Another invitation for somebody, when the first ran out or a password was forgotten. The password they have
    stays until they choose another."""
    _invite(username, address)


@command.command
@WHO
@click.argument("post")
@click.option("--end", "ends", is_flag=True, help="They hold it no longer.")
def post(username: str, post: str, ends: bool) -> None:
    """Give somebody a POST at their agency: duty_person, line_manager, designated_lead, executive or scrutineer. The
    first who was given it owes the answer; the others follow."""
    from heed.casework.actions import people
    from heed.casework.clock import now
    from heed.casework.progress import say

    if ends:
        people.give_up_post(username=username, post=post, by=None, now=now())
        say(f"{username} holds the post {post} no longer.")
        return
    made = people.take_post(username=username, post=post, by=None, now=now())
    say(f"{username} holds the post {post} at {made.agency_id}, number {made.order + 1} there.")


@command.command
@WHO
def end(username: str) -> None:
    """Somebody has left: they sign in no more, hold no post, and what they owed is passed on. What they did stays."""
    from heed.casework.actions import people
    from heed.casework.clock import now
    from heed.casework.progress import say

    left = people.end(username=username, by=None, now=now())
    say(f"{left} has left {left.agency}. The worker passes on what they owed; nothing they did is changed.")


@command.command
@WHO
@click.argument("email")
def address(username: str, email: str) -> None:
    """Where letters reach somebody: each says that something waits in Heed, and nothing of what."""
    from heed.casework.actions import people, presence
    from heed.casework.clock import now
    from heed.casework.progress import say

    presence.reach(who=people.active(username), email=email, by=None, now=now())
    say(f"Letters to {username} go there from now on.")


@command.command
@WHO
@click.argument("kind", type=click.Choice(["push", "sms"]))
@click.argument("place", default="")
def way(username: str, kind: str, place: str) -> None:
    """By what else somebody is told at once that something urgent waits; without a place: not that way any more."""
    from heed.casework.actions import people, presence
    from heed.casework.clock import now
    from heed.casework.progress import say

    made = presence.reach_by(who=people.active(username), kind=kind, place=place, by=None, now=now())
    say(f"{username} is {'told by' if made else 'told no more by'} {kind} that something urgent waits.")


@command.command
@WHO
@click.option("--why", default="leave", show_default=True, help="sick, leave or off_duty.")
@click.option("--since", type=Instant(), help="From this instant; now if it is left out.")
@click.option("--until", type=Instant(), help="Back at this instant; open if it is left out.")
def away(username: str, why: str, since: datetime | None, until: datetime | None) -> None:
    """Somebody is ill, on leave or off duty: others are asked meanwhile, and what they owe is passed on."""
    from heed.casework.actions import people, presence
    from heed.casework.clock import now
    from heed.casework.progress import say

    at = now()
    presence.go_away(who=people.active(username), why=why, since=since or at, until=until, by=None, now=at)
    say(f"{username} is away{f' until {until.isoformat()}' if until else ''}.")


@command.command
@WHO
def back(username: str) -> None:
    """They are back. What was passed on stays with whoever has it now."""
    from heed.casework.actions import people, presence
    from heed.casework.clock import now
    from heed.casework.progress import say

    presence.come_back(who=people.active(username), by=None, now=now())
    say(f"{username} is back.")


@command.command(name="on-call")
@WHO
@click.argument("post")
@click.option("--since", type=Instant(), required=True, help="From this instant.")
@click.option("--until", type=Instant(), required=True, help="To this instant.")
def on_call(username: str, post: str, since: datetime, until: datetime) -> None:
    """A turn on call: they are asked before everybody else who holds POST at their agency."""
    from heed.casework.actions import people, presence
    from heed.casework.clock import now
    from heed.casework.progress import say

    who = people.active(username)
    presence.take_turn(who=who, post=post, since=since, until=until, by=None, now=now())
    say(f"{username} is on call as {post} from {since.isoformat()} to {until.isoformat()}.")


@command.command(name="list")
@click.option("--agency", metavar="CODE", help="Of one agency.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a person.")
def list_(agency: str | None, as_json: bool) -> None:
    """Everybody who works here or did, without placeholders: where, as what, in which posts."""
    from heed.casework.agencies import PLACEHOLDER_ORDER
    from heed.casework.models import Professional

    rows = Professional.objects.exclude(posts__order=PLACEHOLDER_ORDER).prefetch_related("posts")
    rows = rows.filter(agency=agency) if agency is not None else rows
    for each in rows.order_by("agency_id", "username"):
        told = {
            "signs_in_as": each.username, "name": each.name, "agency": each.agency_id, "role": each.role,
            "grade": each.grade, "posts": sorted(held.post for held in each.posts.all()),
            "state": _state(each.is_active, each.has_usable_password()),
        }  # fmt: skip
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            held = ", ".join(told["posts"]) or "no post"
            click.echo(f"{each.username}  {each}  {each.agency_id}  {each.grade}  {held}  {told['state']}")


def _state(active: bool, has_password: bool) -> str:
    if not active:
        return "left"
    return "signs in" if has_password else "has not chosen a password"


def _invite(username: str, address: str) -> None:
    from heed.casework.actions import people
    from heed.casework.clock import now
    from heed.casework.progress import say

    path = people.invite(username=username, by=None, now=now())
    say(
        "This address opens once, within three days. Hand it on so that nobody else reads it: it makes its reader them."
    )
    click.echo(address.rstrip("/") + path)
