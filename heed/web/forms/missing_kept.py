"""Forms of what is kept for the next time, and of the return interview."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from heed.casework.policy import policy
from heed.core.language.spoken import says_something
from heed.core.review.missing_sheet import PARTS, Status
from heed.web.forms.missing import BROUGHT, EntryForm, choice, line, moment, words

DAYS = ["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
MOST_ACTIONS = 6
STATUSES = {
    Status.OFFERED: "Offered, not answered yet",
    Status.ACCEPTED: "Accepted, and a time is agreed",
    Status.HELD: "Held",
    Status.DECLINED: "Declined by the child",
    Status.DECIDED_AGAINST: "Not held: we decided against it",
}


class SheetForm(EntryForm):
    """The sheet: each part may be empty, all of them may not. `version` is the one it was begun from."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in PARTS.items():
            self.fields[code] = words(label)

    def clean(self) -> dict[str, Any]:
        """Something at least."""
        answers: dict[str, Any] = super().clean() or {}
        if not any(answers.get(code, "").strip() for code in PARTS):
            self.add_error("description", "Fill in at least one part")
        return answers


class PlanForm(EntryForm):
    """What each agency does at the next report."""

    agreed_with = line("Agreed with whom, and when?", "", "Say with whom this is agreed")
    until = forms.DateField(
        label="Until when does it hold?", help_text="For example 14 12 2026. Empty: until it is changed.", required=False,
        input_formats=DAYS, error_messages={"invalid": "Write the day as 14 12 2026"},
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", "Choose an agency"), *agencies]
        for place in range(MOST_ACTIONS):
            self.fields[f"agency{place}"] = forms.ChoiceField(
                label=f"Action {place + 1}: who?", choices=options, required=False
            )
            self.fields[f"what{place}"] = line(f"Action {place + 1}: does what?")

    def clean(self) -> dict[str, Any]:
        """Each action in full, and one at least."""
        answers: dict[str, Any] = super().clean() or {}
        whole = 0
        for place in range(MOST_ACTIONS):
            agency, what = answers.get(f"agency{place}", ""), answers.get(f"what{place}", "").strip()
            if agency and not what:
                self.add_error(f"what{place}", f"Say what the agency of action {place + 1} does")
            if what and not agency:
                self.add_error(f"agency{place}", f"Choose who does action {place + 1}")
            whole += bool(agency and what)
        if not whole and not self.errors:
            self.add_error("agency0", "Write at least one action: who does what")
        return answers

    def rows(self) -> list[tuple[Any, Any]]:
        """The actions in pairs, as the page lays them out."""
        return [(self[f"agency{place}"], self[f"what{place}"]) for place in range(MOST_ACTIONS)]


class InterviewForm(EntryForm):
    """How the return interview stands; what the child said in it."""

    status = choice("How far is it?", STATUSES.items(), "Say how far the interview is")
    offered_by = line(
        "Who offered it, when and how?",
        "For example Carl Finch, on the telephone, this morning.",
        "Say who offered it",
    )
    independent = choice(
        "Are you involved in this child’s care, or do you decide about it?",
        (("no", "No"), ("yes", "Yes")), "Say whether you are involved in the child’s care",
        "Only an interview by somebody who is not ends what is owed.",
    )  # fmt: skip
    reason = words(
        "If it was declined or not held: why?",
        "In the child’s words where you can. Were parents or carers asked?",
    )
    held = moment("When was it held?", "For example 15 12 2026 16:00.")
    where_held = line("Where was it held, and who else was there?")
    push = words("What made the child want to get away?", "Push: at home, in placement, at school.")
    pull = words("What, or who, drew the child there?", "Pull: people, places, things.")
    where = words("Where was the child?")
    with_children = words("With which children?", "One on each line.")
    adults = words("With which adults?", "One on each line, nicknames too.")
    travelled = words("How did the child travel, and who paid?")
    place = line("An address or a place the child named")
    postcode = line("Postcode", "If you know it.")
    vehicle = line("A vehicle the child named", "Registration, or what it looked like.")
    phone = line("A phone number the child named")
    harmed = words("Was the child hurt, threatened, or afraid of anybody?")
    home_by = words("Who brought the child home?")
    brought_by = words("Adults who brought the child home", BROUGHT)
    child_words = words("The child’s own words", "Exactly as said. Nobody will change them.")
    wish = words("What does the child want to happen, and who should know?")
    actions = words("What happens now, by whom and by when?")
    police_tonight = words(
        "What do police need tonight?", "Whoever is on duty at the police owes an answer to this in hours."
    )

    def __init__(self, *args: Any, back: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back

    def clean(self) -> dict[str, Any]:
        """A refusal with its reason; an interview with when it was and what came of it."""
        answers: dict[str, Any] = super().clean() or {}
        self.own_words()
        self.not_later("held", "That is still to come: choose “accepted” until it is held")
        least = policy().duties.reason_characters
        if (
            answers.get("status") in (Status.DECLINED, Status.DECIDED_AGAINST)
            and len(answers.get("reason", "")) < least
        ):
            self.add_error("reason", f"Say why in at least {least} characters")
        if answers.get("status") == Status.HELD:
            if not answers.get("held") and "held" not in self.errors:
                self.add_error("held", "Say when it was held")
            if self.back is None:
                self.add_error(
                    "held", "Nobody has written yet that the child is back: write the return first"
                )
            elif answers.get("held") and answers["held"] < self.back:
                self.add_error("held", "That is before the child came back: look at the time")
            told = ("push", "pull", "where", "harmed", "child_words", "travelled")
            if "child_words" not in self.errors and not any(
                says_something(answers.get(each, "")) for each in told
            ):
                self.add_error("child_words", "Write what the child said, also if it was little")
        return answers
