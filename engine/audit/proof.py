"""The whole proof: the chain, the file of checkpoints, and what both say of each other."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from engine.audit.checkpoint_file import CheckpointReader, checkpoint_path
from engine.audit.signing import PublicKeys, public_keys, public_path
from engine.audit.verification import Verdict, verify
from engine.errors import StorageError
from engine.gallery.catalogue import Catalogue
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a chain is held against.

    Attributes:
        path: file of checkpoints; None if there is none.
        keys: that may have signed them.
        is_copy: whether it is somebody's copy, which may be older than the chain.
    """

    path: Path | None
    keys: PublicKeys
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """Result of a whole proof.

    Attributes:
        verdict: on the chain.
        faults: what is wrong with the file of checkpoints, with the numbers of its lines.
        notes: what could not be proven, without being wrong.
    """

    verdict: Verdict
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.verdict.broken is None and not self.faults


def find_evidence(
    settings: Settings, checkpoints: Path | None = None, key_file: Path | None = None
) -> Evidence:
    """The evidence of some files, or that of the settings.

    Raises:
        StorageError: a file that was named, or the keys of checkpoints, cannot be read.
        CorruptFile: the keys are none.
    """
    path = checkpoints or checkpoint_path(settings)
    if not path.exists():
        if checkpoints is not None:
            raise StorageError(f"{path}: there is no such file")
        return Evidence(None, {})
    return Evidence(path, public_keys(key_file or public_path(settings)), checkpoints is not None)


def prove(catalogue: Catalogue, evidence: Evidence) -> Proof:
    """Walk chain and checkpoints side by side, a portion at a time.

    Raises:
        StorageError: catalogue or file cannot be read.
    """
    path = evidence.path
    reader = None if path is None else CheckpointReader(path, evidence.keys)
    checkpoints = iter(reader or ())
    with catalogue.reading() as connection:
        verdict = verify(connection, checkpoints)
    deque(checkpoints, maxlen=0)  # lines beyond a break may be damaged as well
    faults, notes = list(reader.faults if reader else ()), list[str]()
    if verdict.unknown:
        words = _lacking(verdict)
        (notes if evidence.is_copy and verdict.behind else faults).append(words)
    if not verdict.checkpoints:
        notes.append("no checkpoint was compared: whether the end was cut off cannot be told")
    return Proof(verdict, tuple(faults), tuple(notes))


def _lacking(verdict: Verdict) -> str:
    """That the file has fewer checkpoints than the chain names."""
    words = f"{verdict.unknown} checkpoints, from that of row {verdict.first_unknown} on,"
    if verdict.behind:
        return f"{words} are not in the file: it is an older copy, or its end was cut off"
    return f"{words} are not in the file as they were written"
