"""The one rule of sight over records, on plain values. The database's form of it is `Record.objects.visible_to`.

Source of the rule: need to know, not rank. An agency's people see what their own agency wrote; what another wrote is
seen only by whoever works with the child now, or has opened her records in an emergency. A conflict of interest comes
before all of it: a record that names somebody the viewer stands near to is not there for them, whoever wrote it.
"""

from collections.abc import Collection

from heed.core.access.viewer import Viewer


def may_see(viewer: Viewer, agency: str, named: Collection[str], *, ever: Collection[str] = ()) -> bool:
    """Whether a kept record of an agency, which names these sources ("agency ref"), is within a viewer's sight. `ever`
    holds whom its other revisions name: they bar, and open nothing."""
    if not viewer.barred.isdisjoint({*named, *ever}):
        return False
    own = viewer.sees_own_agency and agency == viewer.agency
    return own or not viewer.reaches.isdisjoint(named)
