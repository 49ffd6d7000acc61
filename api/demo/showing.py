"""Answers on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.demo.client import Client
from api.schemas.answers import AnswerView, CandidateView

SHOWN = 5
"""Candidates of the table."""

WIDTH = 120
"""Columns where nothing tells the width, as in a log."""


def make_console() -> Console:
    """A console that is wide enough for the table, if its output is no terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


def show_answer(console: Console, client: Client, answer: AnswerView) -> None:
    """Show candidates and times."""
    table = Table("rank", "score", "gap", "person", "region", "NCB", "finger", "notices")
    for candidate in answer.candidates[:SHOWN]:
        table.add_row(*_row(candidate))
    console.print(table)
    _show_notices(console, client, answer.candidates[:SHOWN])
    stages = " · ".join(f"{stage} {time:.0f}" for stage, time in answer.times.items())
    total = sum(answer.times.values())
    console.print(f"{answer.searched} prints searched, {answer.compared} compared exactly")
    console.print(f"milliseconds: {stages} · [bold]together {total:.0f}[/]", highlight=False)
    for failure in answer.shards_failed:
        console.print(f"[red]not searched:[/] {failure.shard}: {escape(failure.reason)}")


def _show_notices(console: Console, client: Client, candidates: Sequence[CandidateView]) -> None:
    """Show where the notices are read, unbroken so that the addresses can be copied."""
    for candidate in candidates:
        for notice in candidate.links.notices:
            place = f"{client.url(notice)}  rank {candidate.rank}, {escape(notice.title)}"
            console.print(place, highlight=False, soft_wrap=True)


def _row(candidate: CandidateView) -> tuple[str, ...]:
    """Cells of a candidate."""
    person, gap = candidate.person, candidate.gap_to_next
    name = f"{person.family_name.upper()} {person.forename}".strip() or "unnamed"
    return (
        str(candidate.rank),
        f"{candidate.score:.3f}",
        "" if gap is None else f"{gap:.3f}",
        escape(f"{person.id}  {name}"),
        candidate.region,
        candidate.ncb,
        candidate.fingers[0].finger.replace("_", " "),
        "\n".join(f"{one.colour} {one.entity_id}" for one in candidate.links.notices),
    )
