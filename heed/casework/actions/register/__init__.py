"""The register: children who are watched, persons of concern, places, and what is planned about them."""

from heed.casework.actions.register.children import Less, NotSeen, Watching, ask_less, change, see, watch
from heed.casework.actions.register.leavers import raise_leavers
from heed.casework.actions.register.patterns import owe_disruption
from heed.casework.actions.register.plans import (
    act_on_measure,
    add_action,
    add_measure,
    ask_off_panel,
    ask_sign_off,
    breach_measure,
    call_meeting,
    end_measure,
    finish_action,
    keep_minutes,
    put_off_meeting,
    put_on_panel,
    recommend,
    renew_measure,
    review_on_panel,
)
from heed.casework.actions.register.silence import raise_silence
from heed.casework.actions.register.subjects import consider, register_person, register_place, review

__all__ = [
    "Less", "NotSeen", "Watching", "act_on_measure", "add_action", "add_measure", "ask_less", "ask_off_panel",
    "ask_sign_off", "breach_measure", "call_meeting", "change", "consider", "end_measure", "finish_action",
    "keep_minutes", "owe_disruption", "put_off_meeting", "put_on_panel", "raise_leavers", "raise_silence", "recommend",
    "register_person", "register_place", "renew_measure", "review", "review_on_panel", "see", "watch",
]  # fmt: skip
