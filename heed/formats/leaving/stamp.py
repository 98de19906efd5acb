"""What is stamped on everything that leaves: who, when, for what, the number of the export, how it may be handled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from heed.core.records.record import Document


@dataclass(frozen=True, slots=True)
class Stamp:
    """`number` is the export's entry in the ledger; `left_out` says what was left out, `handling` how it may be used."""

    number: int
    by: str
    at: datetime
    reason: str
    purpose: str
    about: str
    left_out: str
    handling: str = ""

    def lines(self) -> list[str]:
        """The stamp as sentences, for a sheet, a row or a property."""
        said = [
            f"Export {self.number} from Heed, {self.at:%d %B %Y %H:%M} UTC, by {self.by}.",
            f"For: {self.reason}. {self.purpose}",
            f"About: {self.about}. {self.left_out}",
            f"Handling: {self.handling or 'no conditions were recorded; treat as official, sensitive'}.",
            "Nothing here is a judgement of a child, and what is not here does not mean safe.",
        ]
        return [" ".join(line.split()) for line in said]

    def whole(self) -> str:
        """All of it on one line."""
        return " ".join(self.lines())


@dataclass(frozen=True, slots=True)
class Extract:
    """Records that leave: each as it may be seen, and the id of whoever stands at each position of its people."""

    stamp: Stamp
    records: Sequence[tuple[Document, Sequence[str]]] = field(default_factory=tuple)
    received: Sequence[datetime] = field(default_factory=tuple)
