"""Engines by name: `leader+whorl`, `mindtct+bozorth3`, `iso:FOLDER+whorl`, `scores:FILE`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.engines.base import Engine, Matcher, TemplateEngine, TemplateSource
from benchmarks.engines.given import GivenMinutiae, IsoFolder
from benchmarks.engines.nbis_peer import BozorthMatcher, open_mindtct
from benchmarks.engines.score_file import ScoreFile
from benchmarks.engines.whorl import WhorlMatcher, open_own
from engine.errors import BadInput

ENGINES = {
    "whorl": "leader+whorl",
    "classical": "classical+whorl",
    "nbis": "mindtct+bozorth3",
}
"""Short names."""

SOURCES: dict[str, Callable[[Path], TemplateSource]] = {
    "leader": lambda folder: open_own("leader", folder),
    "classical": lambda folder: open_own("classical", folder),
    "mindtct": open_mindtct,
    "given": lambda _: GivenMinutiae(),
}

MATCHERS: dict[str, Callable[[], Matcher]] = {"whorl": WhorlMatcher, "bozorth3": BozorthMatcher}


def make_engine(name: str, folder: Path) -> Engine:
    """The engine of a name; `folder` keeps templates.

    Raises:
        BadInput: no such engine.
        MissingPart: this machine lacks a part of it.
    """
    if name.startswith("scores:"):
        return ScoreFile(Path(name.removeprefix("scores:")))
    source, plus, matcher = ENGINES.get(name, name).rpartition("+")
    if not plus or matcher not in MATCHERS:
        raise BadInput(f"unknown engine {name!r}; known are {_known()}")
    return TemplateEngine(_source(source, folder), MATCHERS[matcher]())


def _source(name: str, folder: Path) -> TemplateSource:
    """The extractor of a name."""
    if name.startswith("iso:"):
        return IsoFolder(Path(name.removeprefix("iso:")))
    if name not in SOURCES:
        raise BadInput(f"unknown extractor {name!r}; known are {_known()}")
    return SOURCES[name](folder)


def _known() -> str:
    """What can be asked for."""
    return (
        f"{', '.join(ENGINES)}, EXTRACTOR+MATCHER with {', '.join(SOURCES)} or iso:FOLDER and "
        f"{' or '.join(MATCHERS)}, and scores:FILE.csv"
    )
