"""Shards: the parts of the gallery that can be searched apart, region by gallery kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.members import regions
from engine.persons import GalleryKind


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One shard.

    Attributes:
        region: of the bureaus that own its prints.
        kind: tenprints or unsolved latents.
    """

    region: str
    kind: GalleryKind

    @property
    def slug(self) -> str:
        """Its name in file names: `europe-tp`."""
        words = re.sub(r"[^a-z]+", "-", self.region.lower()).strip("-")
        return f"{words}-{self.kind.value.lower()}"


def all_shards() -> tuple[Shard, ...]:
    """Every shard that can exist."""
    return tuple(Shard(region, kind) for region in regions() for kind in GalleryKind)
