"""The command that searches many probes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.batch.results import Results
from engine.batch.running import Tally, run_batch, terms_of
from engine.batch.searching import BatchScope
from engine.batch.sources import list_probes
from engine.candidates import MAX_TOP
from engine.extractor import extractor_name, make_extractor
from engine.fingers import parse_finger
from engine.gallery.gallery import open_gallery
from engine.members import find_bureau, parse_regions
from engine.quota import Use, most_of, use_quota
from engine.search import Searcher
from engine.terminal import DataDir, Why, operator, progress_bar, settings_for


def batch_command(  # noqa: PLR0913 - each argument is an option of the command
    source: Annotated[
        Path, typer.Argument(help="Image, folder of images, or CSV (path[, finger, ppi]).")
    ],
    out: Annotated[Path, typer.Option(help="Parquet file to make.")],
    finger: Annotated[str | None, typer.Option(help="Finger of probes that tell none.")] = None,
    regions: Annotated[str | None, typer.Option(help="Regions with commas, or all.")] = None,
    top: Annotated[int, typer.Option(min=1, max=MAX_TOP, help="Most candidates of each.")] = 10,
    ppi: Annotated[float | None, typer.Option(help="Resolution of images that tell none.")] = None,
    purpose: Why = "identification",
    case: Annotated[str, typer.Option(help="Your case.")] = "",
    ncb: Annotated[
        str | None,
        typer.Option(help="Bureau that you search for; without one, what all bureaus may see."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Search many prints and write all candidates to a file; an interrupted batch goes on."""
    settings = settings_for(data_dir)
    asker = operator("" if ncb is None else find_bureau(ncb).code, purpose, case)
    probes = list_probes(source, parse_finger(finger), ppi)
    scope = BatchScope(parse_regions(regions), top=top)
    results = Results(out, terms_of(probes, scope, asker, extractor_name(settings)))
    gallery = open_gallery(settings, create=False)
    searcher = Searcher(gallery, make_extractor(settings), settings.threads, settings.calibration)
    most = most_of(settings, Use.SEARCH)
    with progress_bar("Searching", len(probes)) as bar:
        tally = run_batch(
            searcher, probes, results, scope, asker,
            progress=lambda n: bar.advance(bar.task_ids[0], n),
            admit=lambda n: use_quota(gallery.catalogue, Use.SEARCH, most, asker, n),
        )  # fmt: skip
    rows = results.finish()
    _tell(Console(stderr=True), tally, f"{out}: {rows} rows")


def _tell(console: Console, tally: Tally, written: str) -> None:
    """Say how it went."""
    if tally.before:
        console.print(f"{tally.before} probes had been searched before")
    console.print(f"{tally.searched} probes searched, {tally.refused} refused")
    if tally.searched:
        whole = tally.searched / max(tally.seconds, 1e-9)
        alone = tally.searched / max(tally.search_seconds, 1e-9)
        console.print(f"{whole:.1f} searches a second, {alone:.1f} without reading and extraction")
    console.print(written, soft_wrap=True)
