"""Scored latents to ranked candidates, with what explains each rank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy import Connection

from engine.asker import Asker
from engine.candidates import LatentCandidate
from engine.gallery.latent_store import find_latents
from engine.gallery.organisation_store import regions_of
from engine.latents.latent import Latent
from engine.ranking import Placed, Probe, best_prints, explain_print
from engine.scope import Found

_Best = tuple[Placed, int]
"""A latent's best comparison, and the number of its probe."""


def rank_latents(
    connection: Connection, scored: Sequence[Sequence[Found]], top: int
) -> list[_Best]:
    """Latents by the score with the probe that each is most like: the first `top`, and one more.

    Args:
        connection: to the catalogue.
        scored: compared latents of each probe.
        top: latents wanted.
    """
    every = [(one, probe) for probe, found in enumerate(scored) for one in best_prints(found)]
    every.sort(key=lambda best: (-best[0][1], best[0][0]))
    first: dict[int, _Best] = {}
    for best in every:
        first.setdefault(best[0][0], best)
    known = find_latents(connection, list(first)[: 2 * top + 1])
    return [best for number, best in first.items() if number in known][: top + 1]


def make_latent_candidates(
    connection: Connection,
    ranked: Sequence[_Best],
    top: int,
    probes: Sequence[Probe],
    asker: Asker,
) -> tuple[LatentCandidate, ...]:
    """Candidates with as much of each latent as the asker may see, and the explanation."""
    known = find_latents(connection, [placed[0] for placed, _ in ranked])
    regions = regions_of(connection, {one.ncb for one in known.values()})
    shown = list(zip_longest(ranked[:top], ranked[1 : top + 1]))
    return tuple(
        _candidate(rank, pair, known[pair[0][0][0]].shown_to(asker), regions, probes)
        for rank, pair in enumerate(shown, start=1)
    )


def _candidate(
    rank: int,
    pair: tuple[_Best, _Best | None],
    latent: Latent,
    regions: dict[str, str],
    probes: Sequence[Probe],
) -> LatentCandidate:
    """A candidate; the second of the pair is the one that follows it."""
    ((_, score, found, row), number), following = pair
    probe = probes[number]
    transform, pairs = explain_print(probe.features, found.segment, row)
    return LatentCandidate(
        rank=rank,
        score=score,
        gap_to_next=None if following is None else score - following[0][1],
        latent=latent,
        region=regions[latent.ncb],
        probe=number,
        pairs=pairs,
        transform=transform,
    )
