"""Tables, written both as HTML and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        head: titles of the columns.
        rows: cells; the first is the title of the row.
        muted: numbers of rows that are not ours to vouch for.
        note: what must be known to read it.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    muted: frozenset[int] = frozenset()
    note: str = ""

    def to_markdown(self) -> str:
        """As Markdown."""
        lines = [self.head, ("---",) + ("---:",) * (len(self.head) - 1), *self.rows]
        text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return text + (f"\n\n{self.note}" if self.note else "")

    def to_html(self) -> str:
        """As HTML."""
        head = "".join(f"<th>{escape(cell)}</th>" for cell in self.head)
        body = "".join(self._row(number, row) for number, row in enumerate(self.rows))
        note = f'<p class="note">{escape(self.note)}</p>' if self.note else ""
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<div class="wide">{table}</div>{note}'

    def _row(self, number: int, row: Sequence[str]) -> str:
        """A row as HTML; the interval in brackets is set small."""
        kind = ' class="muted"' if number in self.muted else ""
        cells = "".join(f"<td>{_small(escape(cell))}</td>" for cell in row)
        return f"<tr{kind}>{cells}</tr>"


def _small(cell: str) -> str:
    """A cell whose bracketed interval is small."""
    value, bracket, limits = cell.partition(" [")
    return f"{value}<small>[{limits}</small>" if bracket else cell


def percent(rate: float | None, limits: Sequence[float] | None = None) -> str:
    """A rate in percent, with its interval if there is one; a dash for none."""
    if rate is None:
        return "-"
    text = f"{100 * rate:.2f}"
    return text if limits is None else f"{text} [{100 * limits[0]:.2f}, {100 * limits[1]:.2f}]"
