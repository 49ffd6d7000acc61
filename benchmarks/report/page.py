"""The page: sections of words, tables and plots, in one file that needs no other."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure

from benchmarks.report.look import to_svg
from benchmarks.report.misses import Miss
from benchmarks.report.tables import Table


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        title: of the part.
        text: a sentence or two.
        tables, figures, misses: what it shows, in this order.
    """

    title: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    misses: tuple[Miss, ...] = ()

    def to_markdown(self) -> str:
        """Words and tables."""
        parts = [f"## {self.title}", self.text, *(one.to_markdown() for one in self.tables)]
        return "\n\n".join(part for part in parts if part)

    def to_html(self) -> str:
        """All of it."""
        text = f"<p>{escape(self.text)}</p>" if self.text else ""
        tables = "".join(one.to_html() for one in self.tables)
        figures = "".join(f"<figure>{to_svg(one)}</figure>" for one in self.figures)
        misses = "".join(_miss_html(one) for one in self.misses)
        shown = f'<div class="plots">{figures}</div>' if figures else ""
        return f"<section><h2>{escape(self.title)}</h2>{text}{tables}{shown}{misses}</section>"


def _miss_html(miss: Miss) -> str:
    """A search with its pictures."""
    pictures = "".join(
        f'<img alt="{escape(miss.title)}" src="data:image/jpeg;base64,{one}">'
        for one in miss.pictures
    )
    return f'<h3>{escape(miss.title)}</h3><div class="pair">{pictures}</div>'


def write_markdown(title: str, facts: str, sections: list[Section]) -> str:
    """The report as Markdown, without plots."""
    return "\n\n".join([f"# {title}", facts, *(one.to_markdown() for one in sections)]) + "\n"


def write_html(title: str, facts: str, sections: list[Section]) -> str:
    """The report as a page."""
    body = "".join(one.to_html() for one in sections)
    return _PAGE.format(title=escape(title), facts=escape(facts), style=_STYLE, body=body)


_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{style}</style></head>
<body><header><h1>{title}</h1><p>{facts}</p></header>
<main>{body}</main></body>
</html>
"""

_STYLE = """
:root { --ink: #1f2937; --soft: #6b7280; --line: #e5e7eb; --blue: #0b5fbd; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f7f9; color: var(--ink);
  font: 15px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
header { background: #0d2239; color: #fff; padding: 34px max(24px, calc(50vw - 560px)); }
header h1 { margin: 0 0 6px; font-size: 27px; font-weight: 650; }
header p { margin: 0; color: #b9c6d6; font-size: 13.5px; max-width: 900px; }
main { max-width: 1168px; margin: 0 auto; padding: 12px 24px 60px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px;
  padding: 22px 26px 26px; margin: 20px 0; }
h2 { margin: 0 0 8px; font-size: 20px; }
h3 { margin: 26px 0 8px; font-size: 15px; font-weight: 600; }
p { margin: 0 0 14px; max-width: 860px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px;
  font-variant-numeric: tabular-nums; }
th { text-align: right; color: var(--soft); font-weight: 600; vertical-align: bottom;
  border-bottom: 2px solid var(--line); padding: 6px 9px; }
td { text-align: right; border-bottom: 1px solid var(--line); padding: 7px 9px; }
th:first-child, td:first-child { text-align: left; white-space: nowrap; }
td:first-child { font-weight: 600; }
td small { display: block; color: var(--soft); font-size: 11px; white-space: nowrap; }
tr.muted td { color: var(--soft); font-weight: 400; font-style: italic; }
.note { color: var(--soft); font-size: 12.5px; margin: 10px 0 4px; }
.plots { display: flex; flex-wrap: wrap; gap: 18px; justify-content: center; margin-top: 16px; }
figure { margin: 0; flex: 0 1 auto; max-width: 100%; }
figure svg { max-width: 100%; height: auto; display: block; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; }
.pair img { width: 100%; border: 1px solid var(--line); border-radius: 6px; }
@media (max-width: 800px) { .pair { grid-template-columns: 1fr; } }
"""
