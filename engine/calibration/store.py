"""The calibration file: versioned, checked against the code that it was fitted with."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.calibration.model import MAX_DECADES, Calibrated, Calibration
from engine.descriptor.parameters import INDEXING, MATCHING
from engine.errors import BadInput
from engine.gallery.files import write_whole
from engine.matcher.parameters import DEFAULT

FORMAT = 1

MAX_BYTES = 4_000_000

_Table = Annotated[list[float], Field(min_length=2, max_length=4096)]


class _Entry(BaseModel):
    """One extractor's calibration as it is stored."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    extractor: str
    matching: str
    measured_to: float = Field(ge=0, le=1)
    fitted_on: dict[str, object]
    scores: _Table
    log10_fmr: _Table
    log10_lr: _Table
    fnmr: _Table

    @model_validator(mode="after")
    def _check(self) -> _Entry:
        tables = (self.scores, self.log10_fmr, self.log10_lr, self.fnmr)
        if len({len(table) for table in tables}) > 1:
            raise ValueError("tables differ in length")
        steps = [np.diff(table) for table in tables]
        if steps[0].min() <= 0 or (self.scores[0], self.scores[-1]) != (0, 1):
            raise ValueError("scores must rise from 0 to 1")
        if steps[1].max() > 0 or self.log10_fmr[0] > 0 or self.log10_fmr[-1] < -MAX_DECADES:
            raise ValueError(f"log10_fmr must fall from 0 to no less than {-MAX_DECADES}")
        if steps[2].min() < 0 or steps[3].min() < 0:
            raise ValueError("log10_lr and fnmr must rise")
        return self


class _File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    format: int = Field(ge=FORMAT, le=FORMAT)
    entries: list[_Entry]


def matching_digest() -> str:
    """Digest of the numbers that scores depend on; others make a calibration void."""
    return hashlib.sha256(repr((MATCHING, INDEXING, DEFAULT)).encode()).hexdigest()[:16]


def load_calibrations(text: str, name: str) -> list[Calibration]:
    """The calibrations in a file that were fitted with the present matcher.

    Raises:
        BadInput: it is not such a file.
    """
    if len(text) > MAX_BYTES:
        raise BadInput(f"{name}: too large for a calibration file")
    try:
        file = _File.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{name}: not a calibration: {place}: {first['msg']}") from error
    current = matching_digest()
    return [_calibration(entry) for entry in file.entries if entry.matching == current]


def _calibration(entry: _Entry) -> Calibration:
    """The tables as arrays."""
    return Calibration(
        extractor=entry.extractor,
        scores=np.array(entry.scores),
        log10_fmr=np.array(entry.log10_fmr),
        log10_lr=np.array(entry.log10_lr),
        fnmr=np.array(entry.fnmr),
        measured_to=entry.measured_to,
        fitted_on=entry.fitted_on,
    )


def save_calibrations(path: Path, calibrations: list[Calibration]) -> None:
    """Write the file anew, whole or not at all."""
    entries = [
        {
            "extractor": one.extractor,
            "matching": matching_digest(),
            "measured_to": round(one.measured_to, 4),
            "fitted_on": one.fitted_on,
            "scores": one.scores.round(5).tolist(),
            "log10_fmr": one.log10_fmr.round(4).tolist(),
            "log10_lr": one.log10_lr.round(4).tolist(),
            "fnmr": one.fnmr.round(6).tolist(),
        }
        for one in calibrations
    ]
    lines = ",\n".join(json.dumps(one) for one in entries)
    text = f'{{"format": {FORMAT}, "entries": [\n{lines}\n]}}\n'
    write_whole(path, lambda beside: _write(beside, text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@cache
def _shipped() -> dict[str, Calibration]:
    """Calibrations that come with the program, by extractor."""
    text = (resources.files("engine.reference") / "calibration.json").read_text("utf-8")
    return {one.extractor: one for one in load_calibrations(text, "calibration.json")}


@cache
def _own(path: Path) -> dict[str, Calibration]:
    """Calibrations of a bureau's own fit."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read as a calibration: {error}") from error
    return {one.extractor: one for one in load_calibrations(text, str(path))}


def check_calibration(path: Path | None) -> None:
    """Read a file of one's own, so that a bad one is told at the start and not by a search.

    Raises:
        BadInput: it is damaged.
    """
    if path is not None:
        _own(path)


def calibration_for(extractor: str, path: Path | None = None) -> Calibration | None:
    """The calibration of an extractor's templates; None if none was fitted.

    Args:
        extractor: as templates name it, such as "leader-2".
        path: a file of one's own; None is the one that comes with the program.

    Raises:
        BadInput: the file is damaged.
    """
    return (_own(path) if path else _shipped()).get(extractor)


def calibrate(
    score: float, extractors: tuple[str, str], path: Path | None = None
) -> Calibrated | None:
    """What the score of two templates is worth; None if no calibration holds for them.

    Args:
        score: of the exact comparison.
        extractors: of the two templates; unlike ones have no calibration.
        path: see `calibration_for`.
    """
    first, second = extractors
    found = calibration_for(first, path) if first == second else None
    return found.of(score) if found else None
