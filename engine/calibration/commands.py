"""The command that tells thresholds."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.calibration.store import calibration_for
from engine.calibration.threshold import Threshold, threshold_for
from engine.calibration.words import EXTRAPOLATED, chance
from engine.errors import MissingPart
from engine.extractor import extractor_name
from engine.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the application."""
    app.command("calibrate")(calibrate_command)


def calibrate_command(
    fpir: Annotated[
        float,
        typer.Option(help="Share of searches for unenrolled fingers that may raise an alarm."),
    ] = 0.01,
    gallery: Annotated[int, typer.Option(help="Fingers that are searched.")] = 100_000,
    extractor: Annotated[
        str | None, typer.Option(help="What found the minutiae; default: what is set.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Tell which score to ask for, given the gallery and how rare false alarms must be."""
    settings = Settings()
    name = extractor or extractor_name(settings)
    calibration = calibration_for(name, settings.calibration)
    if calibration is None:
        raise MissingPart(f"no calibration holds for the extractor {name} with this matcher")
    threshold = threshold_for(calibration, fpir, gallery)
    if as_json:
        typer.echo(json.dumps({"extractor": name, **asdict(threshold)}))
    else:
        _show(threshold, calibration.fitted_on)


def _show(threshold: Threshold, fitted_on: dict[str, object]) -> None:
    """Print the threshold for people."""
    console = Console()
    table = Table(show_header=False, box=None)
    table.add_row("score at least", f"[bold]{threshold.score:.3f}[/]")
    table.add_row("false match rate of one comparison", chance(threshold.fmr))
    table.add_row(
        f"false alarms over {threshold.gallery:,} fingers",
        f"{100 * threshold.fpir:g} % of searches",
    )
    table.add_row("mates that a threshold there rejects", f"{100 * threshold.fnmr:.2f} %")
    console.print(table)
    if threshold.extrapolated:
        console.print(EXTRAPOLATED, style="yellow")
    fingers, genuine = fitted_on.get("fingers"), fitted_on.get("genuine")
    console.print(
        f"Fitted on {fitted_on.get('dataset')}: {fingers} fingers, {genuine} genuine comparisons "
        f"of single fingers; made {str(fitted_on.get('made_at'))[:10]}.",
        style="dim",
    )
