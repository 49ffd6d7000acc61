"""Signed checkpoints: what they say, who can verify them, and how forged ones are told."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit_support import ACTOR, act, remove
from engine.audit.checkpoint import MAX_LINE, Checkpoint, parse_checkpoint, sign
from engine.audit.checkpoint_file import append_checkpoint, checkpoint_path, last_checkpoint
from engine.audit.checkpointing import keeping_checkpoints, write_checkpoint
from engine.audit.proof import Proof, find_evidence, prove
from engine.audit.signing import public_keys, public_path, signing_key
from engine.errors import BadInput, CorruptFile, StorageError
from engine.gallery.audit_store import read_head
from engine.gallery.catalogue import Catalogue
from engine.settings import Settings

Prove = Callable[[], Proof]


def lines(places: Settings) -> list[str]:
    """The lines of the file."""
    return checkpoint_path(places).read_text().splitlines(keepends=True)


def put(places: Settings, new: list[str]) -> None:
    """Write other lines in their place."""
    checkpoint_path(places).write_text("".join(new))


def test_a_checkpoint_is_named_by_the_next_row(chain: Catalogue, places: Settings) -> None:
    """The row tells the digest of the line; without acts there is no further one."""
    made = write_checkpoint(chain, places, ACTOR)
    with chain.reading() as connection:
        head = read_head(connection)
    assert made is not None
    assert head is not None
    assert (made.claim.number, head.number) == (12, 13)
    assert json.loads(head.detail) == {"digest": made.digest}
    assert write_checkpoint(chain, places, ACTOR) is None


def test_the_private_key_is_its_owners_alone(chain: Catalogue, places: Settings) -> None:
    """And is not used if it is not."""
    key = places.data_dir / "audit-key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o640)
    with pytest.raises(StorageError, match="others can read it"):
        write_checkpoint(chain, places, ACTOR)


def test_a_third_party_verifies_with_the_public_key(
    chain: Catalogue, places: Settings, tmp_path: Path
) -> None:
    """A copy of the file may be older than the chain; that is a note and no fault."""
    copy, key = tmp_path / "copy.jsonl", tmp_path / "key.pub"
    shutil.copy(checkpoint_path(places), copy)
    shutil.copy(public_path(places), key)
    act(chain, 1, start=9)
    write_checkpoint(chain, places, ACTOR)
    proof = prove(chain, find_evidence(Settings(data_dir=tmp_path / "none"), copy, key))
    assert proof.is_sound
    assert proof.verdict.checkpoints == 2
    assert "older copy" in proof.notes[0]


def test_another_key_is_not_accepted(chain: Catalogue, places: Settings, tmp_path: Path) -> None:
    """Whoever signs anew with a key of their own is told by the lines."""
    other = Settings(data_dir=tmp_path / "other")
    signing_key(other.model_copy(update={"audit_key": tmp_path / "other.pem"}))
    proof = prove(chain, find_evidence(places, None, tmp_path / "other.pub"))
    assert not proof.is_sound
    assert "line 1 is signed with the key" in proof.faults[0]


def test_after_a_change_of_keys_both_count(
    chain: Catalogue, places: Settings, proven: Prove
) -> None:
    """The old one's public half stays where the public keys are."""
    (places.data_dir / "audit-key.pem").unlink()
    write_checkpoint(chain, places, ACTOR)
    assert len(public_keys(public_path(places))) == 2
    assert proven().is_sound


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (lambda one: one.replace('"number":9', '"number":8'), "line 2 its signature does not fit"),
        (lambda one: one.replace('"clock":4', '"clock":1'), "line 2 its signature does not fit"),
        (lambda one: one.replace('"at":"', '"at":"1'), "line 2 its signature does not fit"),
        (lambda one: one.replace("==", "=="[:1]), "line 2 is damaged: its signature"),
        (lambda one: one.replace('{"at"', '{ "at"'), "line 2 is damaged: not in the form"),
        (lambda one: one.replace('"number":9', '"number":true'), "line 2 is damaged: a field"),
        (lambda one: one.replace('"hash"', '"hush"'), "line 2 is damaged: no checkpoint"),
        (lambda one: "[" * 1500 + "\n", "line 2 is damaged: no JSON"),
        (lambda one: "x" * (3 * MAX_LINE) + "\n", "line 2 is damaged: no JSON"),
        (lambda one: "\n", "line 2 is damaged: no JSON"),
    ],
)
def test_a_forged_or_damaged_line_is_told(
    chain: Catalogue, places: Settings, proven: Prove, forge: Callable[[str], str], fault: str
) -> None:
    """With its number; it is not used, and the chain itself is still walked."""
    first, second = lines(places)
    put(places, [first, forge(second)])
    proof = proven()
    assert not proof.is_sound
    assert fault in proof.faults[0]
    assert (proof.verdict.rows, proof.verdict.checkpoints) == (12, 1)


def test_missing_and_moved_lines_are_told(
    chain: Catalogue, places: Settings, proven: Prove
) -> None:
    """By the line after, which names the digest of the one before, and by the chain."""
    first, second = lines(places)
    put(places, [second])
    assert "line 1 does not follow" in proven().faults[0]
    assert "from that of row 5 on" in proven().faults[1]
    put(places, [second, first])
    assert "line 2 is about row 4, before row 9" in proven().faults[2]


def test_a_cut_off_file_is_told_by_the_chain(
    chain: Catalogue, places: Settings, proven: Prove
) -> None:
    """Its last lines are gone, or all of them; rows name them still."""
    put(places, lines(places)[:1])
    assert "from that of row 10 on" in proven().faults[0]
    put(places, [])
    assert "2 checkpoints, from that of row 5 on" in proven().faults[0]
    assert "cannot be told" in proven().notes[0]


def test_what_a_crash_left_of_a_line_goes(
    chain: Catalogue, places: Settings, proven: Prove
) -> None:
    """Nobody was told that it was written: it is no fault, and the next line replaces it."""
    with checkpoint_path(places).open("a") as file:
        file.write('{"at":"2026')
    assert proven().is_sound
    write_checkpoint(chain, places, ACTOR)
    assert proven().is_sound
    assert len(lines(places)) == 3


def test_a_line_before_its_row_is_no_fault(
    chain: Catalogue, places: Settings, proven: Prove
) -> None:
    """A crash between the two leaves a line that no row names."""
    write_checkpoint(chain, places, ACTOR)
    with chain.recording() as connection:
        remove(connection, 13, 13)
    assert proven().is_sound
    act(chain, 1, start=9)
    write_checkpoint(chain, places, ACTOR)
    assert proven().is_sound
    assert proven().verdict.checkpoints == 4


def test_a_damaged_last_line_stops_writing(chain: Catalogue, places: Settings) -> None:
    """It is told, not written over."""
    checkpoint_path(places).write_text("damaged\n")
    with pytest.raises(CorruptFile, match="its last line is damaged"):
        write_checkpoint(chain, places, ACTOR)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PUBLIC KEY-----\nAA==\n"])
def test_a_file_of_no_keys_is_told(tmp_path: Path, content: bytes) -> None:
    """By its name."""
    path = tmp_path / "key.pub"
    path.write_bytes(content)
    with pytest.raises(CorruptFile, match=r"key\.pub"):
        public_keys(path)


@given(line=st.binary(max_size=600) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_told_as_damaged(line: bytes) -> None:
    """A file that somebody else wrote cannot do more than be wrong."""
    with pytest.raises(BadInput, match="damaged"):
        parse_checkpoint(line, {})


def test_a_signature_of_something_else_is_no_checkpoint(chain: Catalogue, places: Settings) -> None:
    """The same fields signed without the words that say what for."""
    keys = public_keys(public_path(places))
    made = last_checkpoint(checkpoint_path(places), keys)
    assert made is not None
    plain = json.dumps({"number": 9}).encode()
    other = sign(made.claim, _Plain(signing_key(places), plain))  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="changed or forged"):
        parse_checkpoint(other.line.encode(), keys)


class _Plain:
    """A key that was made to sign something else."""

    def __init__(self, key: Ed25519PrivateKey, message: bytes) -> None:
        self.key, self.message = key, message

    def sign(self, _: bytes) -> bytes:
        return self.key.sign(self.message)


def test_a_running_server_writes_at_intervals_and_at_its_end(
    chain: Catalogue, places: Settings, proven: Prove
) -> None:
    """Nothing is written while nothing happens."""
    often = places.model_copy(update={"audit_checkpoint_minutes": 1000})
    with keeping_checkpoints(chain, often):
        act(chain, 1, start=9)
    assert proven().verdict.covered == 14
    with keeping_checkpoints(chain, often):
        """No act."""
    assert proven().verdict.checkpoints == 3


def test_a_checkpoint_that_cannot_be_written_stops_no_act(
    chain: Catalogue, places: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """It is logged."""
    nowhere = tmp_path / "none" / "file"
    wrong = {"audit_checkpoint_minutes": 1000, "audit_checkpoints": nowhere}
    with keeping_checkpoints(chain, places.model_copy(update=wrong)):
        act(chain, 1, start=9)
    assert "no checkpoint of the audit chain was written" in caplog.text


def test_a_file_that_grows_is_only_added_to(tmp_path: Path, chain, places: Settings) -> None:
    """What stands there stays byte by byte."""
    before = checkpoint_path(places).read_bytes()
    made = last_checkpoint(checkpoint_path(places), public_keys(public_path(places)))
    assert isinstance(made, Checkpoint)
    append_checkpoint(checkpoint_path(places), made)
    assert checkpoint_path(places).read_bytes().startswith(before)
