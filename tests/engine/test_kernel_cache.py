"""Machine code is compiled again when anything that it was made of changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

OUTER = """
from engine.kernels import kernel
from made.inner import add
from made.numbers import STEP

@kernel
def both(x):
    return add(x) * STEP
"""
INNER = """
from engine.kernels import kernel

@kernel
def add(x):
    return x + {}
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A package whose kernel needs another's, and a number of a third file."""
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "outer.py").write_text(OUTER)
    (folder / "inner.py").write_text(INNER.format(1))
    (folder / "numbers.py").write_text("STEP = 10\n")
    return folder


def run(folder: Path) -> int:
    code = "from made.outer import both; print(both(1))"
    where = {"PYTHONPATH": f"{folder.parent}:{Path(__file__).parents[2]}"}
    done = subprocess.run([sys.executable, "-c", code], env=where, capture_output=True, check=True)
    return int(done.stdout)


def test_a_change_of_what_a_kernel_calls_counts(made: Path) -> None:
    """Kept machine code does not outlive the kernel that it was compiled with."""
    assert run(made) == 20
    (made / "inner.py").write_text(INNER.format(2))
    assert run(made) == 30


def test_a_change_of_a_number_counts(made: Path) -> None:
    """Nor the number of another module."""
    assert run(made) == 20
    (made / "numbers.py").write_text("STEP = 100\n")
    assert run(made) == 200


def test_unchanged_code_is_kept(made: Path) -> None:
    """The second run compiles nothing."""
    run(made)
    kept = sorted((made / "__pycache__").glob("outer.both*.nb?"))
    times = [path.stat().st_mtime_ns for path in kept]
    run(made)
    assert kept
    assert [path.stat().st_mtime_ns for path in kept] == times
