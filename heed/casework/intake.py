"""Taking the rows of a format in, and accounting for every line of every file."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heed.casework.actions.receive import Outcome, Receipt, receive_many
from heed.casework.models import Batch
from heed.casework.policy import policy
from heed.core.records.clocks import AHEAD, is_ahead
from heed.core.records.explained import Explained
from heed.core.records.prepared import prepared
from heed.core.records.when import from_utc, in_utc
from heed.formats.ahead import Ready
from heed.formats.contract import Attached, Blank, Refused, Remark, Row, SetAside, Usable

BATCH = 2000
"""Records saved in one transaction. What is committed stays when the command is interrupted."""

WAYS = ("accepted", "superseding", "unchanged", "refused", "blank", "set_aside")
"""What can become of a line. Together they are the lines of the file, every time."""

MOST_WAITING = 32 * 1024 * 1024
"""Bytes of files that wait for one transaction: memory stays flat however large a mailbox is."""

MOST_LISTED = 1000
"""Refusals kept for the account; every one of them is shown as it happens."""

MOST_WORDS = 100
"""Different notes of one kind that are listed with their counts: what a partnership maps its codes from."""


@dataclass(slots=True)
class Account:
    """What became of the lines of one file."""

    file: str
    lines: int = 0
    accepted: int = 0
    superseding: int = 0
    unchanged: int = 0
    refused: int = 0
    blank: int = 0
    set_aside: int = 0
    not_opened: str = ""
    why_set_aside: Counter[str] = field(default_factory=Counter)

    @property
    def told(self) -> int:
        """The lines the reader accounted for."""
        return sum(getattr(self, way) for way in WAYS)

    def check(self) -> None:
        """Every line of the file became something. Raises Explained where one went missing."""
        if self.not_opened:
            self.lines = 0
        if self.told != self.lines:
            raise Explained(
                f"{self.file} has {self.lines} lines and only {self.told} are accounted for. Either the file "
                "changed while it was read, or the reader lost lines: what went in stays in; import the file "
                "again, and report it if it happens twice."
            )


@dataclass(slots=True)
class Intake:
    """One import under way: hand it rows, then read its accounts."""

    clock: Callable[[], datetime]
    on_refusal: Callable[[Refused], None]
    on_remark: Callable[[str], None]
    batch: Batch | None = None
    accounts: dict[str, Account] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    refusals: list[Refused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    agencies: set[str] = field(default_factory=set)
    waiting: list[Ready] = field(default_factory=list)
    attached: list[Sequence[Attached]] = field(default_factory=list)
    """The files of those that wait."""
    on_receipt: Callable[[Receipt], None] | None = None
    """Told of each receipt, old or new, after its record was saved."""
    weight: int = 0
    """Bytes of the files of those that wait."""

    def take(self, rows: Iterable[Row | Ready]) -> None:
        """Take rows in, a batch to a transaction."""
        for row in rows:
            self._one(row)
            if len(self.waiting) >= BATCH or self.weight >= MOST_WAITING:
                self._save()
        self._save()

    def total(self) -> Account:
        """All files together."""
        whole = Account("all files")
        for account in self.accounts.values():
            whole.lines += account.lines
            whole.why_set_aside += account.why_set_aside
            for way in WAYS:
                setattr(whole, way, getattr(whole, way) + getattr(account, way))
        return whole

    def account(self, file: str) -> Account:
        """The account of one file, opened on first sight."""
        found = self.accounts.get(file)
        if found is None:
            found = self.accounts[file] = Account(file)
        return found

    def _one(self, row: Row | Ready) -> None:
        match row:
            case Ready():
                self.waiting.append(row)
                self.attached.append(())
            case Usable():
                self.waiting.append(Ready(row.at, prepared(row.record), row.notes))
                self.attached.append(row.attached)
                self.weight += sum(len(file.content) for file in row.attached)
            case Refused():
                self._refuse(row)
            case Blank():
                self.account(row.at.file).blank += 1
            case SetAside() if row.at.number == 0:
                self.account(row.at.file).not_opened = row.why
            case SetAside():
                self.account(row.at.file).set_aside += 1
                self.account(row.at.file).why_set_aside[row.why] += 1
            case Remark():
                self.remarks.append(row.words)
                self.on_remark(row.words)

    def _save(self) -> None:
        if not self.waiting:
            return
        batch, self.waiting, self.weight = self.waiting, [], 0
        attached, self.attached = self.attached, []
        outcomes = receive_many(
            records=[row.record for row in batch],
            by=None,
            now=self.clock(),
            batch=self.batch,
            attached=attached if any(attached) else (),
        )
        for row, outcome in zip(batch, outcomes, strict=True):
            self._settled(row, outcome)

    def _settled(self, row: Ready, outcome: Outcome) -> None:
        self.agencies.add(row.record.agency)
        if outcome.kind == "refused":
            expected = f"a higher revision, or the same content: {outcome.conflict}"
            self._refuse(Refused(row.at, "revision", f"{row.record.revision}, with other content", expected))
            return
        if self.on_receipt and outcome.receipt:
            self.on_receipt(outcome.receipt)
        for note in self._noted(row, outcome):
            kind, _, words = note.partition(": ")
            self.notes[kind] += 1
            told = self.words.setdefault(kind, Counter())
            if words in told or len(told) < MOST_WORDS:
                told[words] += 1
        account = self.account(row.at.file)
        setattr(account, outcome.kind, getattr(account, outcome.kind) + 1)

    def _noted(self, row: Ready, outcome: Outcome) -> Sequence[str]:
        told, receipt = row.record.recorded_at, outcome.receipt
        if receipt is None or told <= in_utc(receipt.at):
            return row.notes
        skew = policy().intake.clock_skew
        return (*row.notes, AHEAD) if is_ahead(from_utc(told), receipt.at, skew) else row.notes

    def _refuse(self, row: Refused) -> None:
        self.account(row.at.file).refused += 1
        if len(self.refusals) < MOST_LISTED:
            self.refusals.append(row)
        self.on_refusal(row)


def as_json(account: Account) -> dict[str, Any]:
    """An account as data: the counts, why lines were set aside, why a file was not opened."""
    found: dict[str, Any] = {key: getattr(account, key) for key in ("file", "lines", *WAYS)}
    if account.not_opened:
        found["not_opened"] = account.not_opened
    if account.why_set_aside:
        found["why_set_aside"] = dict(account.why_set_aside)
    return found
