"""A small house with a log that is signed, two agencies that watch over it, and somebody with all the rights of a
database administrator: what the tests of the proof stand on."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from heed.casework.actions.checkpoints import keep_cosignatures, make_checkpoint
from heed.casework.actions.receive import Receipt, receive_many
from heed.casework.bundles import bundle
from heed.casework.models import Checkpoint
from heed.casework.policy.page import SHIPPED
from heed.casework.proof_export import export_proof
from heed.casework.receipting import signed
from heed.casework.signing import signer
from heed.core.records.notes import written_key
from outside import heed_verify, heed_witness
from tests.concerns import MONDAY, concern

AGENCIES = ("police", "school")


@dataclass
class House:
    """The log's side (`now` moves on by itself) and each agency's own folder, which no administrator reaches."""

    folder: Path
    now: datetime = MONDAY
    receipts: list[Receipt] = field(default_factory=list)

    def save(self, count: int, kind: str = "concern") -> None:
        """So many records, each with its receipt in the hands of whoever wrote it. Contacts ask for no answer."""
        self.now += timedelta(minutes=5)
        start = len(self.receipts)
        records = [concern(f"C-{n}", child=f"p-{n}", kind=kind) for n in range(start, start + count)]
        self.receipts += [each.receipt for each in receive_many(records=records, by=None, now=self.now)]

    def checkpoint(self) -> Checkpoint:
        """Sign the log as it stands."""
        self.now += timedelta(minutes=5)
        made = make_checkpoint(by=None, now=self.now)
        assert made is not None
        return made

    def witnessed(self) -> None:
        """Sign the log, have both agencies check and sign it, and take their signatures in."""
        sent = bundle(self.checkpoint())
        for agency in AGENCIES:
            back = heed_witness.check(sent, self.state(agency), int(self.now.timestamp()))
            assert "kept" in {each.how for each in keep_cosignatures(text=back, by=None, now=self.now)}

    def state(self, agency: str) -> heed_witness.State:
        """The folder of an agency's witness."""
        return heed_witness.State(self.folder / agency)

    def receipt(self, number: int) -> str:
        """The signed receipt of the record with this number, from 0."""
        return signed(self.receipts[number])

    def exported(self, name: str = "export", bodies: bool = True) -> Path:
        """What `heed-verify` reads."""
        export_proof(out=self.folder / name, bodies=bodies, by=None, now=self.now)
        return self.folder / name

    def asked(self, receipts: tuple[str, ...] = (), own: tuple[str, ...] = ()) -> heed_verify.Asked:
        """What an agency brings along: the keys it trusts, its receipts and its own copies of checkpoints."""
        return heed_verify.Asked(
            log=heed_verify.read_key(written_key(signer().key)),
            witnesses=tuple(heed_verify.read_key(str(self.state(agency).key()[1])) for agency in AGENCIES),
            checkpoints=tuple((f"own {n}", text) for n, text in enumerate(own)),
            receipts=tuple((f"receipt {n}", text) for n, text in enumerate(receipts)),
        )

    def last(self, agency: str) -> str:
        """The last checkpoint an agency kept."""
        kept = self.state(agency).last(signer().key.name)
        assert kept is not None
        return kept.note


def watched(folder: Path, settings: pytest.FixtureRequest) -> House:
    """An empty house whose policy names the witnesses of two agencies, each of which knows the log's key."""
    house, named = House(folder), []
    for agency in AGENCIES:
        state = house.state(agency)
        state.make_key(f"{agency}.example/witness")
        named.append(f"  {agency}: [{state.key()[1]}]")
    text = (SHIPPED / "ledger.yaml").read_text()
    (folder / "policy").mkdir()
    words = text.replace("witnesses: {}", "\n".join(["witnesses:", *named])).replace(
        "origin:\n", "origin: heed.example/log\n"
    )
    (folder / "policy" / "ledger.yaml").write_text(words)
    settings.POLICY = folder / "policy"
    for agency in AGENCIES:
        house.state(agency).trust(written_key(signer().key))
    return house
