"""Where a result comes from: commit, machine, load, time, versions."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.code_digest import ROOT, code_digest

PACKAGES = ("whorl", "numpy", "numba", "faiss-cpu", "opencv-python-headless")


def provenance() -> dict[str, object]:
    """What every result carries."""
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": read_commit(ROOT),
        "code": _code(),
        "machine": _machine(),
        "load_average": [round(one, 2) for one in os.getloadavg()],
    }


def read_commit(checkout: Path) -> str:
    """The commit that is checked out, from git's own files; empty where there is none.

    The working tree may differ from it: the digest of the code says so.
    """
    folder = checkout / ".git"
    try:
        if folder.is_file():  # a linked worktree
            folder = checkout / folder.read_text().split(":", 1)[1].strip()
        head = (folder / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return head
        return _resolve(folder, head.removeprefix("ref: "))
    except OSError:
        return ""


def _resolve(folder: Path, reference: str) -> str:
    """The commit of a branch."""
    common = folder / "commondir"
    shared = folder / common.read_text().strip() if common.exists() else folder
    for place in (folder, shared):
        if (place / reference).exists():
            return (place / reference).read_text().strip()
    packed = (shared / "packed-refs").read_text().splitlines()
    return next((line.split()[0] for line in packed if line.endswith(f" {reference}")), "")


@cache
def _code() -> str:
    """Digest of the engine and of this suite."""
    return code_digest(["engine", "benchmarks"])


@cache
def _machine() -> dict[str, object]:
    """The machine, without its name."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def _processor() -> str:
    """Model of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _version(package: str) -> str | None:
    """Version of a package, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
