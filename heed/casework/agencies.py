"""Making an agency known, with somebody in every post, so that no answer is ever owed by nobody."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count

from heed.casework.models import Agency, Post, Professional
from heed.casework.policy import policy
from heed.core.duty import posts
from heed.core.records.explained import Explained
from heed.core.records.reading import AGENCY

PLACEHOLDER_ORDER = 1000
"""Placeholders come after every person a partnership names."""
UNKNOWN_KIND = "other"
LONGEST_NAME = 120


def check_code(code: str) -> None:
    """Raises Explained for what cannot be the code of an agency."""
    if not AGENCY.fullmatch(code):
        raise Explained(
            f"--agency {code!r} is not a code: write 1 to 40 letters, digits, hyphens, dots or underscores, "
            "such as police or social_care."
        )


def check_known(code: str, new_name: str | None) -> None:
    """Raises Explained for a code nobody knows, unless the new agency's name is given: a slip in a code would make a
    second agency, whose people and records nothing joins to the first."""
    known = {*policy().agencies, *Agency.objects.values_list("pk", flat=True)}
    if code not in known and new_name is None:
        raise Explained(
            f"there is no agency {code!r} here; known are: {', '.join(sorted(known))}. If it is new, say its name with "
            "--new-agency NAME."
        )
    if code in known and new_name is not None:
        raise Explained(f"the agency {code!r} is known already: leave --new-agency out.")
    if new_name is not None:
        check_line("name of an agency", new_name, LONGEST_NAME)


def check_line(what: str, words: str, longest: int) -> None:
    """Raises Explained for words that are no line of at most so many characters."""
    if not words.strip() or len(words) > longest or not words.isprintable():
        raise Explained(f"the {what} has 1 to {longest} characters, on one line.")


def ensure_all(codes: Collection[str]) -> None:
    """Make agencies known that are not, asking once for all of them."""
    held = Post.objects.filter(agency__in=codes, order=PLACEHOLDER_ORDER)
    whole = {
        code for code, many in held.values_list("agency").annotate(Count("pk")) if many == len(posts.Post)
    }
    for code in sorted(set(codes) - whole):
        ensure(code)


def ensure(code: str, kind: str | None = None, name: str | None = None) -> Agency:
    """The agency under a code; made on first sight with a placeholder (who cannot sign in) in every post."""
    found = Agency.objects.filter(pk=code).first()
    if found is not None and Post.objects.filter(agency=found, order=PLACEHOLDER_ORDER).count() == len(
        posts.Post
    ):
        return found
    known = policy().agencies.get(code)
    with transaction.atomic():
        agency, _ = Agency.objects.get_or_create(
            pk=code,
            defaults={
                "name": name or (known.name if known else code.replace("_", " ").capitalize()),
                "kind": kind or (known.kind if known else UNKNOWN_KIND),
            },
        )
        _fill_posts(agency)
    return agency


def _fill_posts(agency: Agency) -> None:
    """From the top down, so that each placeholder has a line manager."""
    above: Professional | None = None
    for post in reversed(posts.UPWARDS):
        holder, made = Professional.objects.get_or_create(
            username=f"{agency.pk}.{post}",
            defaults={
                "name": f"{posts.WORDS[post].capitalize()} of {agency.name}",
                "agency": agency,
                "role": posts.WORDS[post],
                "grade": posts.GRADES[post],
                "line_manager": above,
            },
        )
        if made:
            holder.set_unusable_password()
            holder.save(update_fields=["password"])
        Post.objects.get_or_create(
            agency=agency, post=post, order=PLACEHOLDER_ORDER, defaults={"holder": holder}
        )
        above = holder
