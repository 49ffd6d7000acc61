"""What can be run, and what has been."""

from __future__ import annotations

from pathlib import Path

from benchmarks.datasets.known import KNOWN, data_folder
from benchmarks.engines import ENGINES
from benchmarks.protocols.catalogue import PROTOCOLS
from benchmarks.store.outcome import load_outcomes


def list_all(results: Path) -> str:
    """Protocols, data sets, engines and stored results as text."""
    folder = data_folder()
    where = folder if folder.is_dir() else f"{folder} is missing: set WHORL_DATA"
    stored = [
        (f"{facts['protocol']} {facts['dataset']}", f"{facts['engine']}, {facts['made_at']}")
        for _, facts in load_outcomes(results)
    ]
    sections = [
        _section("Protocols", [(name, one.summary) for name, one in PROTOCOLS.items()]),
        _section(f"Data sets ({where})", list(KNOWN.items())),
        _section("Engines", [*ENGINES.items(), *_PATTERNS]),
        _section(f"Results in {results}", stored or [("none yet", "")]),
    ]
    return "\n".join(sections)


_PATTERNS = [
    ("EXTRACTOR+MATCHER", "leader, classical, mindtct, given or iso:FOLDER; whorl or bozorth3"),
    ("scores:FILE.csv", "another engine's scores: columns probe, candidate, score"),
]


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    """A title with rows of two columns below."""
    width = max(len(first) for first, _ in rows) + 2
    return "\n".join([title, *(f"  {first:{width}}{second}" for first, second in rows), ""])
