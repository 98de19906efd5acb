"""On what ground somebody would be the second person for a verdict: sight of both files, a post, an introduction that
their side answered."""

from datetime import datetime

from django.db.models import QuerySet

from heed.casework.agencies import PLACEHOLDER_ORDER
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Introduction, Post, Professional, Verdict
from heed.casework.policy.linking import linking_rules
from heed.core.access.sight import may_see
from heed.core.access.viewer import Viewer, without_glass
from heed.core.identity.second import Ground, Judge, why_not
from heed.core.identity.verdicts import Word


def why_not_second(said: Verdict, by: Professional, now: datetime) -> str:
    """Why somebody cannot confirm or decline a verdict, as a sentence; empty when they can."""
    viewer = viewer_for(by, now)
    sides = agencies_of(said)
    met = Introduction.objects.filter(left=said.left, right=said.right).first()
    others = sides - {said.by.agency_id}
    ground = Ground(
        sees_both=all(sees(viewer, key) for key in (said.left, said.right)),
        post=by.agency_id in sides and answering(by.agency_id).filter(holder=by).exists(),
        introduced=met is not None and by.agency_id in others and _answered(met, viewer),
        elsewhere=any((met is not None, *(answering(agency).exists() for agency in others))),
    )
    return why_not(as_judge(by), as_judge(said.by), ground)


def agencies_of(said: Verdict) -> set[str]:
    """The agencies of the two files themselves."""
    return {key.partition(" ")[0] for key in (said.left, said.right)}


def as_judge(person: Professional) -> Judge:
    """A professional as the rule knows them."""
    return Judge(person.pk, person.agency_id, person.line_manager_id, person.is_active)


def sees(viewer: Viewer, key: str) -> bool:
    """Whether the viewer may see all that a source's agency wrote of it, and not only in an emergency."""
    return may_see(without_glass(viewer), key.partition(" ")[0], {key})


def answering(agency: str) -> QuerySet[Post]:
    """The posts that answer for an agency's files: those of the policy, and where nobody holds one of them there, the
    post that the other side is told to ask. Without that an agency with a duty person alone would count as nobody."""
    rules = linking_rules()
    held = Post.objects.filter(agency=agency, order__lt=PLACEHOLDER_ORDER, holder__is_active=True)
    named = held.filter(post__in=rules.second_person)
    return named if named.exists() else held.filter(post=rules.ask)


def _answered(met: Introduction, viewer: Viewer) -> bool:
    """Whether the viewer's agency has answered an introduction: its people spoke with the other side."""
    answered = met.answers.filter(agency=viewer.agency, answer=Word.SAME)
    return viewer.sees_own_agency and answered.exists()
