"""Who works here: somebody comes, takes a post, gives one up, leaves. Each is an entry of the ledger.

A word to sign in with is nobody's but its owner's: whoever runs Heed hands on an invitation, which opens once.
"""

import re
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from heed.casework.actions import ledger
from heed.casework.agencies import LONGEST_NAME, PLACEHOLDER_ORDER, check_known, check_line, ensure
from heed.casework.models import Post, Professional
from heed.core.duty import posts
from heed.core.records.explained import Explained
from heed.core.records.kinds import Grade

KIND = "professional"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
GRADES = (Grade.FRONTLINE, Grade.SUPERVISOR, Grade.MANAGER, Grade.SENIOR, Grade.EXECUTIVE)
LONGEST_ROLE = 80


def add(
    *,
    username: str,
    name: str,
    agency: str,
    role: str,
    grade: str,
    manager: str | None,
    by: None,
    now: datetime,
    new_agency: str | None = None,
) -> Professional:
    """Somebody who works for an agency, with no way to sign in yet. `new_agency` is the name of one that is not known
    under the code: without it none is made. Raises Explained for what cannot be."""
    _check(username, name, role, grade)
    check_known(agency, new_agency)
    with transaction.atomic():
        above = person(manager) if manager else None
        if Professional.objects.filter(username=username).exists():
            raise Explained(
                f"somebody signs in as {username!r} already; choose another name to sign in with."
            )
        made = Professional(
            username=username, name=name.strip(), agency=ensure(agency, name=(new_agency or "").strip()),
            role=role.strip(), grade=grade, line_manager=above,
        )  # fmt: skip
        made.set_unusable_password()
        made.save()
        told: dict[str, object] = {"name": made.name, "role": made.role, "grade": grade, "manager": manager}
        if new_agency:
            told["new_agency"] = made.agency.name
        _write(made, "added", told, by, now)
    return made


def take_post(*, username: str, post: str, by: None, now: datetime) -> Post:
    """They hold a post of their agency from now on, after those who hold it already."""
    _check_post(post)
    with transaction.atomic():
        holder = active(username)
        held = Post.objects.filter(agency=holder.agency, post=post, order__lt=PLACEHOLDER_ORDER)
        if held.filter(holder=holder).exists():
            raise Explained(f"{username} holds the post {post} at {holder.agency_id} already.")
        last = held.order_by("-order").values_list("order", flat=True).first()
        order = 0 if last is None else last + 1
        made = Post.objects.create(agency=holder.agency, post=post, holder=holder, order=order)
        _write(holder, "took a post", {"post": post, "order": order}, by, now)
    return made


def give_up_post(*, username: str, post: str, by: None, now: datetime) -> None:
    """They hold it no longer. What they owe stays theirs until it is handed over, or goes up."""
    _check_post(post)
    with transaction.atomic():
        holder = person(username)
        gone, _ = Post.objects.filter(holder=holder, post=post, order__lt=PLACEHOLDER_ORDER).delete()
        if not gone:
            raise Explained(
                f"{username} does not hold the post {post}; `heed person list` says who holds which."
            )
        _write(holder, "gave up a post", {"post": post}, by, now)


def end(*, username: str, by: None, now: datetime) -> Professional:
    """They have left: no sign-in, no posts; the clock passes on what they owed. All they did stays under their name."""
    with transaction.atomic():
        leaver = active(username)
        Post.objects.filter(holder=leaver).delete()
        leaver.is_active = False
        leaver.set_unusable_password()
        leaver.save(update_fields=["is_active", "password"])
        _write(leaver, "left", {}, by, now)
    return leaver


def invite(*, username: str, by: None, now: datetime) -> str:
    """The path of a page on which they choose a word to sign in with: it opens once, for three days. Whoever has it can
    become this person, so that it was made is an entry."""
    with transaction.atomic():
        who = active(username)
        path = (
            f"/welcome/{urlsafe_base64_encode(force_bytes(who.pk))}/{default_token_generator.make_token(who)}"
        )
        _write(who, "was invited", {}, by, now)
    return path


def choose_password(*, by: Professional, token: str, password: str, now: datetime) -> bool:
    """They have chosen their word. False when the invitation was used meanwhile."""
    with transaction.atomic():
        who = Professional.objects.select_for_update(no_key=True).get(pk=by.pk)
        if not who.is_active or not default_token_generator.check_token(who, token):
            return False
        who.set_password(password)
        who.save(update_fields=["password"])
        _write(who, "chose a password", {}, who, now)
    return True


def person(username: str) -> Professional:
    """Who signs in under this name. Raises Explained where nobody does, or a placeholder."""
    found = Professional.objects.filter(username=username).select_related("agency").first()
    if found is None or found.posts.filter(order=PLACEHOLDER_ORDER).exists():
        raise Explained(f"nobody signs in as {username!r}; `heed person list` names everybody.")
    return found


def active(username: str) -> Professional:
    """The same, for somebody who has not left."""
    found = person(username)
    if not found.is_active:
        raise Explained(
            f"{username} has left: nothing is done for them or in their name. `heed person list` names who works here; "
            "somebody who came back is added again, under another name to sign in with."
        )
    return found


def _check(username: str, name: str, role: str, grade: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Explained(
            f"{username!r} is no name to sign in with: 2 to 60 small letters, digits, dots, hyphens or underscores."
        )
    check_line("name", name, LONGEST_NAME)
    check_line("role", role, LONGEST_ROLE)
    if grade not in GRADES:
        raise Explained(f"{grade!r} is no grade; there are: {', '.join(GRADES)}.")


def _check_post(post: str) -> None:
    if post not in posts.UPWARDS:
        raise Explained(f"there is no post {post!r}; there are: {', '.join(posts.UPWARDS)}.")


def _write(
    who: Professional, purpose: str, body: dict[str, object], by: Professional | None, now: datetime
) -> None:
    ledger.append(
        kind=KIND, subject=f"professional:{who.pk}", purpose=purpose, body=body, by=by, agency=who.agency_id, now=now
    )  # fmt: skip
