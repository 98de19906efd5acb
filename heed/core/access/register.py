"""Who sees what is registered, on plain values: a watched child, a person of concern, a place, and what is planned.

Source of the rule: need to know, as for records; and a person of concern is unproven, so that the pages about one are
never shown to schools by default (Heed's study of the domain, section 6). What an agency opened itself it sees.
"""

from collections.abc import Collection
from dataclasses import dataclass

from heed.core.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides. `agency` opened it; `copied`: it repeats what a record says that not everybody there may read;
    `reached`: the viewer reaches the child it is about, or may read a record that names it; `barred`: it is about
    somebody with whom the viewer has a conflict of interest; `hidden_from` are kinds of agencies; `on_panel`: it is on
    the panel's list."""

    agency: str
    reached: bool = False
    copied: bool = False
    hidden_from: frozenset[str] = frozenset()
    on_panel: bool = False
    barred: bool = False


def may_see_registered(viewer: Viewer, its: Standing, *, kind: str, sits: bool) -> bool:
    """Whether somebody of an agency of a kind, who sits on the panel or does not, may see it. An agency whose kind nobody
    knows (empty) may be one it is hidden from."""
    if its.barred or not viewer.sees_own_agency:
        return False
    own = its.agency == viewer.agency
    if own and not its.copied:
        return True
    if not own and is_hidden(kind, its.hidden_from):
        return False
    return (its.on_panel and sits) or its.reached


def is_hidden(kind: str, hidden_from: Collection[str]) -> bool:
    """Whether what is hidden from some kinds of agencies is hidden from one of this kind; empty where nobody knows it."""
    return bool(hidden_from) and (not kind or kind in hidden_from)


def may_act_on(viewer: Viewer, agency: str, named: Collection[str]) -> bool:
    """Whether somebody may write on it: their agency opened it, or they work with the child. Emergency access is for
    reading alone; a conflict of interest leaves nothing."""
    if not viewer.barred.isdisjoint(named):
        return False
    own = viewer.sees_own_agency and agency == viewer.agency
    return own or not viewer.sources.isdisjoint(named)
