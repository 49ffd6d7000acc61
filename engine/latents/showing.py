"""Latents that a search found, as the command line shows them."""

from __future__ import annotations

from dataclasses import asdict

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.candidates import LatentCandidate, SearchAnswer


def latent_json(one: LatentCandidate) -> dict[str, object]:
    """A latent that is a candidate, as plain values."""
    return {
        "rank": one.rank,
        "score": one.score,
        "gap_to_next": one.gap_to_next,
        "id": one.latent.id,
        "ncb": one.latent.ncb,
        "case_ref": one.latent.case_ref or None,
        "region": one.region,
        "minutiae": one.latent.minutiae,
        "probe": one.probe,
        "pairs": [asdict(pair) for pair in one.pairs],
        "transform": asdict(one.transform) if one.transform else None,
    }


def show_latents(console: Console, answer: SearchAnswer) -> None:
    """Print the latents that a probe is like."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for title in ("rank", "score", "gap", "latent", "NCB", "case", "minutiae"):
        table.add_column(title, no_wrap=True)
    for one in answer.latents:
        table.add_row(
            str(one.rank),
            f"{one.score:.3f}",
            "" if one.gap_to_next is None else f"{one.gap_to_next:.3f}",
            escape(one.latent.id),
            one.latent.ncb,
            escape(one.latent.case_ref),
            str(one.latent.minutiae),
        )
    console.print(table)
