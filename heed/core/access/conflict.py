"""Conflicts of interest on plain values: who may record one, and who may end one.

Source of the rule: somebody who stands near to a person in the records may read nothing of them, in an emergency neither
(Heed's threat T4: a relative works in an agency). It must not become a way to silence a colleague: whoever records one
for somebody else stands above them or leads an agency, and a lead outside of the line looks whether it stands.
"""

from heed.core.access.glass import Colleague, outside_the_line


def may_record(by: Colleague, who: Colleague, *, leads: bool) -> bool:
    """Whether somebody may record a colleague's conflict: their own, that of whoever they manage, and, for whoever
    leads an agency, anybody's."""
    return by.active and who.active and (by.person == who.person or who.manager == by.person or leads)


def may_end(by: Colleague, who: Colleague, *, leads: bool) -> bool:
    """Whether somebody may end it: who leads another agency, and stands outside of the line. Nobody ends their own."""
    return leads and outside_the_line(by, who)
