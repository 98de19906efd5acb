"""policy/without_names.yaml: whether encodings leave this house at all, and what is agreed on them."""

from dataclasses import dataclass

from heed.casework.policy.page import open_page
from heed.core.identity.encoded_files import Agreed
from heed.core.records.explained import Explained


@dataclass(frozen=True, slots=True)
class WithoutNames:
    """The switch, and what goes into the head of every file."""

    switched_on: bool
    agreed: Agreed

    def check(self) -> None:
        """Raises Explained where the experiment is off."""
        if not self.switched_on:
            raise Explained(
                "Finding children in common without names is an experiment and is switched off in this house"
                " (switched_on in policy/without_names.yaml). Read docs/explanation/without-names.md, have both agencies'"
                " data protection officers agree in writing, and switch it on."
            )


def read_without_names() -> WithoutNames:
    """The rules. A least of one would name single children; a filter half alike is nobody in particular."""
    page = open_page("without_names")
    at_least = page.amount("at_least")
    if not 0.5 <= at_least <= 1:
        raise page.wrong(("at_least",), "a number from 0.5 to 1")
    return WithoutNames(
        page.yes("switched_on"),
        Agreed(page.number("least_shared", least=2), page.number("least_people", least=2), at_least),
    )
