"""Failed shards as callers may see them: with the file's name, not with where it lies."""

from __future__ import annotations

from collections.abc import Mapping

from api.schemas.answers import ShardFailure
from engine.gallery.gallery import Gallery


def show_failures(gallery: Gallery, failed: Mapping[str, str]) -> list[ShardFailure]:
    """The shards that cannot be searched, with the reason."""
    return [
        ShardFailure(shard=shard, reason=reason.replace(f"{gallery.folder}/", ""))
        for shard, reason in sorted(failed.items())
    ]
