"""The probes of the fixtures and the truth about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe.

    Attributes:
        path: of the image.
        person: whose finger it is; None if nobody enrolled it.
        finger: which finger it is.
        description: for people.
    """

    path: Path
    person: str | None
    finger: str
    description: str


def read_probes(folder: Path) -> list[Probe]:
    """The probes of a folder with a `probes.json`, those of persons on record first."""
    rows = json.loads((folder / "probes.json").read_text(encoding="utf-8"))
    probes = [
        Probe(folder / row["file"], row["person"], row["finger"], row["description"])
        for row in rows
    ]
    return sorted(probes, key=lambda probe: probe.person is None)
