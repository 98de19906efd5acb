"""On what ground somebody would be the second person for a verdict: sight of both files, a post, an introduction."""

from datetime import datetime

from django.db.models import Q

from heed.casework.agencies import PLACEHOLDER_ORDER
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Introduction, Post, Professional, Source, Verdict
from heed.casework.policy.linking import linking_rules
from heed.core.access.viewer import Viewer
from heed.core.identity.second import Ground, Judge, why_not


def why_not_second(said: Verdict, by: Professional, now: datetime) -> str:
    """Why somebody cannot confirm or decline a verdict, as a sentence; empty when they can."""
    viewer = viewer_for(by, now)
    sides = agencies_of(said)
    posts = Post.objects.filter(post__in=linking_rules().second_person, agency__in=sides)
    others = posts.exclude(agency=said.by.agency_id).filter(
        order__lt=PLACEHOLDER_ORDER, holder__is_active=True
    )
    ground = Ground(
        sees_both=all(sees(viewer, key) for key in (said.left, said.right)),
        post=posts.filter(holder=by, agency=by.agency_id).exists(),
        introduced=_introduced(said, viewer),
        elsewhere=others.exists(),
    )
    return why_not(as_judge(by), as_judge(said.by), ground)


def agencies_of(said: Verdict) -> set[str]:
    """The agencies of the two files themselves."""
    return {key.partition(" ")[0] for key in (said.left, said.right)}


def as_judge(person: Professional) -> Judge:
    """A professional as the rule knows them."""
    return Judge(person.pk, person.agency_id, person.line_manager_id, person.is_active)


def sees(viewer: Viewer, key: str) -> bool:
    """Whether the viewer may see all that a source's agency wrote of it."""
    mine = viewer.sees_own_agency and key.partition(" ")[0] == viewer.agency
    return mine or key in viewer.sources


def _introduced(said: Verdict, viewer: Viewer) -> bool:
    """Whether the two agencies were introduced over this pair, and one of the two files is of the viewer's agency."""
    mine = Source.objects.filter(pk__in=[said.left, said.right], agency=viewer.agency).exists()
    there = Introduction.objects.filter(Q(left=said.left, right=said.right))
    return viewer.sees_own_agency and mine and there.exists()
