"""heed-witness: signs what only grew, refuses the rest with its evidence kept, by file and by e-mail."""

import shutil
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from heed.casework.actions.checkpoints import keep_cosignatures
from heed.casework.bundles import bundle
from heed.casework.cosigned import notes_in
from heed.casework.signing import signer
from heed.core.records.explained import Explained
from heed.core.records.notes import written_key
from outside import heed_witness
from tests.watched import watched

pytestmark = pytest.mark.django_db
NOW = 1_794_823_200


@pytest.fixture
def house(tmp_path, settings):
    house = watched(tmp_path, settings)
    house.save(5, "contact")
    return house


@pytest.fixture
def witness(house):
    return house.state("police")


def test_it_signs_the_first_and_then_whatever_grew_out_of_it(house, witness):
    first = heed_witness.check(bundle(house.checkpoint()), witness, NOW)
    house.save(4, "contact")
    second = heed_witness.check(bundle(house.checkpoint()), witness, NOW + 60)
    assert first.count("\n— police.example/witness ") == second.count("\n— police.example/witness ") == 1
    assert witness.last(signer().key.name).size == 9
    assert not (witness.folder / "evidence").exists()


def test_the_same_checkpoint_is_signed_again_with_a_later_time(house, witness):
    sent = bundle(house.checkpoint())
    assert heed_witness.check(sent, witness, NOW) != heed_witness.check(sent, witness, NOW + 3600)


def test_a_bundle_with_one_block_is_a_request_of_the_specification(house):
    sent = bundle(house.checkpoint(), since=0)
    assert sent.startswith("old 0\n\nheed.example/log\n5\n")


def test_an_older_checkpoint_is_refused_and_what_was_sent_and_known_is_kept(house, witness):
    early = bundle(house.checkpoint())
    house.save(4, "contact")
    late = bundle(house.checkpoint())
    heed_witness.check(late, witness, NOW)
    with pytest.raises(heed_witness.Refused, match="claims 5 entries; this witness saw 9"):
        heed_witness.check(early, witness, NOW + 1)
    sent, known = sorted((witness.folder / "evidence").iterdir(), key=lambda file: file.name, reverse=True)
    assert (sent.read_text(), known.read_text().splitlines()[1]) == (early, "9")
    assert witness.last(signer().key.name).size == 9


def test_what_is_signed_with_another_key_is_refused(house, witness):
    sent = bundle(house.checkpoint())
    with pytest.raises(heed_witness.Refused, match="not signed with that ledger's key"):
        heed_witness.check(sent.replace("\n5\n", "\n6\n"), witness, NOW)


def test_a_proof_that_does_not_fit_is_refused(house, witness):
    heed_witness.check(bundle(house.checkpoint()), witness, NOW)
    house.save(4, "contact")
    sent = bundle(house.checkpoint(), since=5)
    head, _, rest = sent.partition("\n\n")
    lines = head.split("\n")
    bent = "\n".join([lines[0], *reversed(lines[1:])]) + "\n\n" + rest
    with pytest.raises(heed_witness.Refused, match="does not begin with the 5 entries"):
        heed_witness.check(bent, witness, NOW)


def test_a_log_it_does_not_watch_is_not_signed(house, tmp_path):
    stranger = heed_witness.State(tmp_path / "stranger")
    stranger.make_key("health.example/witness")
    with pytest.raises(heed_witness.Cannot, match="does not watch"):
        heed_witness.check(bundle(house.checkpoint()), stranger, NOW)


def test_a_log_that_comes_with_another_key_under_the_same_name_is_not_trusted(witness):
    other = heed_witness.Key(signer().key.name, heed_witness.LOG, bytes(32))
    with pytest.raises(heed_witness.Cannot, match="under another key"):
        witness.trust(str(other))
    witness.trust(written_key(signer().key))
    assert len(witness.logs()) == 1


def test_two_at_once_do_not_go_back_behind_each_other(house, witness):
    with witness.alone(), pytest.raises(heed_witness.Cannot, match="at work"):
        heed_witness.check(bundle(house.checkpoint()), witness, NOW)


@pytest.mark.parametrize("attached", [True, False])
def test_by_e_mail(house, witness, attached):
    made = house.checkpoint()
    asked = EmailMessage()
    asked["From"], asked["To"] = "Heed <heed@partnership.example>", "witness@police.example"
    asked["Message-ID"] = "<17@partnership.example>"
    if attached:
        asked.set_content("Please check and sign.")
        asked.add_attachment(
            bundle(made).encode(), maintype="application", subtype="octet-stream", filename="b.txt"
        )
    else:
        asked.set_content(bundle(made))
    answer, signed = heed_witness.reply(asked.as_bytes(), witness, NOW, "")
    back = message_from_bytes(answer.as_bytes(), policy=policy.default)
    assert signed
    assert (back["To"], back["From"]) == ("heed@partnership.example", "witness@police.example")
    assert back["In-Reply-To"] == "<17@partnership.example>"
    notes = notes_in(answer.as_bytes(), "the reply")
    taken = [each for note in notes for each in keep_cosignatures(text=note, by=None, now=house.now)]
    assert [(each.how, each.agency) for each in taken] == [("own", ""), ("kept", "police")]


def test_a_refusal_is_answered_by_e_mail_too_and_two_programs_do_not_write_for_ever(house, witness):
    sent = bundle(house.checkpoint())
    asked = EmailMessage()
    asked["From"], asked["To"] = "heed@partnership.example", "witness@police.example"
    asked.set_content(sent.replace("\n5\n", "\n6\n"))
    answer, signed = heed_witness.reply(asked.as_bytes(), witness, NOW, "")
    assert not signed
    assert "NOT SIGNED" in answer.get_content()
    asked["Auto-Submitted"] = "auto-replied"
    with pytest.raises(heed_witness.Cannot, match="automatic reply"):
        heed_witness.reply(asked.as_bytes(), witness, NOW, "")


@pytest.mark.parametrize(
    "text",
    ["", "old 5", "old 5\n\n", "old x\n\nlog\n5\n", "\x00" * 50, "old 0\n\nlog\n5\nAAAA\n\n— log AAAA\n"],
)
def test_whatever_is_handed_in_is_answered_in_a_sentence(house, witness, tmp_path, text, capsys):
    file = tmp_path / "bundle"
    file.write_text(text)
    assert heed_witness.main(["check", str(file), "--state", str(witness.folder)]) == 2
    assert capsys.readouterr().err.startswith("heed-witness: ")


def test_from_the_command_line(house, tmp_path, capsys):
    state, sent, out = tmp_path / "new", tmp_path / "bundle", tmp_path / "signed"
    sent.write_text(bundle(house.checkpoint()), newline="\n")
    arguments = ["--state", str(state)]
    assert heed_witness.main(["key", *arguments]) == 2
    assert heed_witness.main(["key", *arguments, "--name", "health.example/witness"]) == 0
    printed = capsys.readouterr().out
    assert heed_witness.main(["key", *arguments]) == 0
    assert capsys.readouterr().out == printed
    assert heed_witness.main(["trust", written_key(signer().key), *arguments]) == 0
    assert heed_witness.main(["check", str(sent), *arguments, "--out", str(out)]) == 0
    assert "— health.example/witness " in out.read_text()
    assert (state / "witness.key").stat().st_mode & 0o077 == 0
    shutil.rmtree(state)
    assert heed_witness.main(["check", str(sent), *arguments]) == 2


def test_a_stranger_among_the_witnesses_is_passed_over_and_a_false_one_named(house, witness, tmp_path):
    made = house.checkpoint()
    stranger = heed_witness.State(tmp_path / "stranger")
    stranger.make_key("health.example/witness")
    stranger.trust(written_key(signer().key))
    strange = heed_witness.check(bundle(made), stranger, NOW)
    true = heed_witness.check(bundle(made), witness, NOW)
    false = true[:-8] + "AAAAAA=\n" if not true.endswith("AAAAAA=\n") else true
    how = lambda text: [each.how for each in keep_cosignatures(text=text, by=None, now=house.now)]  # noqa: E731 - twice below
    assert how(strange) == ["own", "stranger"]
    assert how(false) == ["own", "false"]
    assert how(true) == ["own", "kept"]
    assert how(true) == ["own", "known"]


def test_a_file_without_a_checkpoint_is_said_to_have_none():
    with pytest.raises(Explained, match="holds no signed checkpoint"):
        notes_in(b"Dear all, see you on Monday.\n", "the file")
