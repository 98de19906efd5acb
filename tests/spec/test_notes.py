"""Signed notes as the C2SP specifications have them: their own published examples, and what must be refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from heed.core.records import checkpoints, notes
from outside import heed_verify, heed_witness

# The example of golang.org/x/mod/sumdb/note, which the C2SP format was written down from.
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = SAID + (
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The examples of C2SP signed-note and tlog-cosignature.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
    "qhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_the_published_note_verifies_here_and_in_the_verifier():
    key, note = notes.read_key(KEY), notes.read(NOTE)
    assert (note.text, notes.written(note), notes.written_key(key)) == (SAID, NOTE, KEY)
    assert key.is_of(note.signatures[0])
    Ed25519PublicKey.from_public_bytes(key.public).verify(note.signatures[0].signed, SAID.encode())
    assert heed_verify.signed_by(heed_verify.read_note(NOTE), heed_verify.read_key(KEY)) is True
    assert (
        heed_verify.signed_by(
            heed_verify.read_note(NOTE.replace("problem,", "question,")), heed_verify.read_key(KEY)
        )
        is False
    )


@pytest.mark.parametrize("text", [NOTE, POEM, SOFA])
def test_published_notes_are_read_and_written_byte_for_byte(text):
    assert notes.written(notes.read(text)) == text


def test_an_empty_line_inside_a_text_does_not_end_it():
    assert notes.read(POEM).text.endswith("\n\ned è subito sera.\n")


def test_the_published_checkpoint_and_cosignature():
    note = notes.read(SOFA)
    tree = checkpoints.read_checkpoint(note.text)
    assert (tree.origin, tree.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoints.checkpoint_text(tree) == note.text
    timestamp, signed = checkpoints.read_cosignature(note.signatures[1].signed)
    assert timestamp == 1679315147
    assert checkpoints.written_cosignature(timestamp, signed) == note.signatures[1].signed
    assert checkpoints.cosigned_message(note.text, timestamp).decode() == (
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    assert heed_witness.read_checkpoint(SOFA)[:3] == (tree.origin, tree.size, tree.root)


@pytest.mark.parametrize("text", [
    "", "no signature\n", "no newline before\n— a AAAAAAA=\n", NOTE[:-1], NOTE.replace("— ", "- "),
    NOTE.replace("x08go", "x08 go"), SAID + "\n", NOTE.replace("If", "\x07If"), SAID + "\n" + NOTE.splitlines()[-1] * 70,
    NOTE.replace("JnAM=", "JnAN="), SAID + "\n— a+b AAAAAAA=\n", SAID + "\n— a AAAA\n",
])  # fmt: skip
def test_what_is_no_note_is_refused(text):
    with pytest.raises(notes.NotANote):
        notes.read(text)


@pytest.mark.parametrize("text", [
    "", "PeterNeumann", KEY.replace("c74f20a3", "c74f20a4"), KEY.replace("Peter", "Petra"), KEY.replace("+AR", "+Ah"),
    KEY[:-4], "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
])  # fmt: skip
def test_a_key_whose_parts_do_not_belong_together_is_refused(text):
    with pytest.raises(notes.NotANote):
        notes.read_key(text)


@pytest.mark.parametrize("text", [
    "", "log\n1\n", "log\n01\n" + "A" * 43 + "=\n", "log\n-1\n" + "A" * 43 + "=\n", "log\n1\n" + "A" * 44 + "\n",
    "\n1\n" + "A" * 43 + "=\n", "log\n1\n" + "A" * 43 + "=\nextension\n", "log\n" + "9" * 20 + "\n" + "A" * 43 + "=\n",
])  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(notes.NotANote):
        checkpoints.read_checkpoint(text)


def test_a_receipt_can_never_pass_for_a_checkpoint():
    told = checkpoints.Receipted(
        "heed.example/log", 7, "ab" * 32, "2026-11-16T10:00:00.000000+00:00", "school"
    )
    text = checkpoints.receipt_text(told)
    assert checkpoints.read_receipt(text) == told
    with pytest.raises(notes.NotANote):
        checkpoints.read_checkpoint(text)
    with pytest.raises(notes.NotANote):
        checkpoints.read_receipt("log\n1\n" + "A" * 43 + "=\n")


def test_plain_arithmetic_verifies_what_a_library_signs_and_refuses_the_rest():
    for seed in range(8):
        private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        public, message = private.public_key().public_bytes_raw(), b"the words %d" % seed
        signed = private.sign(message)
        assert heed_verify.plain_ed25519(public, message, signed)
        assert not heed_verify.plain_ed25519(public, message + b".", signed)
        assert not heed_verify.plain_ed25519(public, message, signed[:-1] + bytes([signed[-1] ^ 1]))
        assert not heed_verify.plain_ed25519(public, message, signed[:32] + _plus_order(signed[32:]))
        assert not heed_verify.plain_ed25519(bytes(31), message, signed)


def _plus_order(scalar: bytes) -> bytes:
    """The same scalar with the group's order added: a second form of a signature that must not be taken."""
    return (int.from_bytes(scalar, "little") + heed_verify.L).to_bytes(32, "little")
