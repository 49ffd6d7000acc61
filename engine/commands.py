"""Commands that search."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.audit.commands import group as audit_group
from engine.batch.commands import batch_command
from engine.calibration import Calibrated
from engine.calibration import commands as calibration
from engine.calibration.words import EXTRAPOLATED, chance
from engine.candidates import Candidate, ImageFile, SearchAnswer, SearchRequest
from engine.centre_desk import commands as centre_desk
from engine.errors import BadInput
from engine.examining import commands as examining
from engine.extractor import make_extractor
from engine.gallery.gallery import open_gallery
from engine.handling_commands import group as person_group
from engine.handling_commands import print_group
from engine.identity import commands as identity
from engine.identity.key_commands import group as key_group
from engine.latents.commands import group as latent_group
from engine.latents.probing import Given, gather_probes
from engine.latents.showing import latent_json, show_latents
from engine.lights_out import LightsOut
from engine.members import find_bureau, parse_regions
from engine.messaging import commands as messaging
from engine.noticeboard import commands as noticeboard
from engine.persons import GalleryKind
from engine.protection.commands import data_group, destroy_command, erase_command, master_group
from engine.retention_commands import expired_command
from engine.search import Searcher
from engine.search_modes import SearchMode, parse_mode
from engine.statistics import commands as statistics
from engine.terminal import DataDir, Why, operator, settings_for
from engine.webhooks import commands as webhooks


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the application."""
    app.command("search")(search_command)
    app.command("batch")(batch_command)
    calibration.add_to(app)
    identity.add_to(app)
    key_group.command("destroy")(destroy_command)
    key_group.add_typer(master_group, name="master")
    key_group.add_typer(data_group, name="data")
    noticeboard.add_to(app)
    examining.add_to(app)
    messaging.add_to(app)
    person_group.command("expired")(expired_command)
    person_group.command("erase")(erase_command)
    app.add_typer(person_group, name="person")
    app.add_typer(print_group, name="print")
    app.add_typer(latent_group, name="latent")
    app.add_typer(audit_group, name="audit")
    centre_desk.add_to(app)
    webhooks.add_to(app)
    statistics.add_to(app)


def search_command(  # noqa: PLR0913 - each argument is an option of the command
    images: Annotated[
        list[Path] | None, typer.Argument(help="Image of the print, or of several of one person.")
    ] = None,
    mode: Annotated[
        str, typer.Option(help=f"What is searched against what: {', '.join(SearchMode)}.")
    ] = SearchMode.PRINTS.value,
    minutiae: Annotated[
        Path | None,
        typer.Option(help="Minutiae that an examiner has marked: JSON, or an ISO 19794-2 record."),
    ] = None,
    latent: Annotated[str | None, typer.Option(help="Latent on record to be searched.")] = None,
    lights_out: Annotated[
        float | None,
        typer.Option(help="Also say what a rule finds at this false match rate, such as 1e-6."),
    ] = None,
    finger: Annotated[
        str | None,
        typer.Option(help="Which finger, such as right_index; of several images with commas."),
    ] = None,
    regions: Annotated[str | None, typer.Option(help="Regions with commas, or all.")] = None,
    top: Annotated[int, typer.Option(help="Most candidates.")] = 20,
    ppi: Annotated[
        float | None, typer.Option(help="Resolution, if the image does not tell.")
    ] = None,
    purpose: Why = "identification",
    case: Annotated[str, typer.Option(help="Your case.")] = "",
    ncb: Annotated[
        str | None,
        typer.Option(help="Bureau that you search for; without one, what all bureaus may see."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Search a print, prints of several fingers, or a latent, and rank what it may be."""
    settings, kind = settings_for(data_dir), parse_mode(mode)
    asker = operator("" if ncb is None else find_bureau(ncb).code, purpose, case)
    given = Given([_read_file(one, ppi) for one in images or []], minutiae, latent, finger)
    gallery = open_gallery(settings, create=False)
    (first, *others), number = gather_probes(given, kind, gallery.catalogue, asker)
    request = SearchRequest(
        probe=first.probe,
        finger=first.finger,
        others=tuple(others),
        regions=parse_regions(regions),
        mode=kind,
        top=top,
        leave_out=number,
        decision=None if lights_out is None else LightsOut(lights_out),
    )
    searcher = Searcher(gallery, make_extractor(settings), settings.threads, settings.calibration)
    answer = searcher.search(request, asker)
    if as_json:
        typer.echo(json.dumps(_as_json(answer)))
    else:
        _show(answer)


def _read_file(path: Path, ppi: float | None) -> ImageFile:
    """The bytes of an image file.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        return ImageFile(path.read_bytes(), str(path), ppi)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error


def _as_json(answer: SearchAnswer) -> dict[str, object]:
    """The answer as plain values."""
    return {
        "mode": answer.mode.value,
        "latents": [latent_json(one) for one in answer.latents],
        "decision": asdict(answer.decided) if answer.decided else None,
        "candidates": [_candidate_json(candidate) for candidate in answer.candidates],
        "probe": {
            "minutiae": len(answer.probe.minutiae),
            "quality": answer.probe.quality,
            "quality_measure": answer.probe.quality_measure,
            "extractor": answer.probe.extractor,
        },
        "searched": answer.searched,
        "compared": answer.compared,
        "shards_searched": list(answer.shards_searched),
        "shards_failed": dict(answer.shards_failed),
        "times_ms": {stage: round(time, 2) for stage, time in answer.times.items()},
    }


def _candidate_json(candidate: Candidate) -> dict[str, object]:
    """A candidate as plain values."""
    return {
        "rank": candidate.rank,
        "score": candidate.score,
        "calibrated": asdict(candidate.calibrated) if candidate.calibrated else None,
        "gap_to_next": candidate.gap_to_next,
        "evidence": candidate.evidence,
        "person": asdict(candidate.person),
        "region": candidate.region,
        "fingers": [{**asdict(one), "finger": one.finger.label} for one in candidate.fingers],
        "notices": [notice.path for notice in candidate.notices],
        "pairs": [asdict(pair) for pair in candidate.pairs],
        "transform": asdict(candidate.transform) if candidate.transform else None,
    }


def _show(answer: SearchAnswer) -> None:
    """Print the answer as a table."""
    console = Console()
    if answer.mode.gallery is GalleryKind.UNSOLVED_LATENT:
        show_latents(console, answer)
    else:
        _show_persons(console, answer)
    for shard, reason in answer.shards_failed.items():
        console.print(f"[red]not searched:[/] {shard}: {escape(reason)}", soft_wrap=True)
    stages = ", ".join(f"{stage} {time:.0f}" for stage, time in answer.times.items())
    for template in (answer.probe, *answer.others):
        console.print(f"probe: {len(template.minutiae)} minutiae, quality {template.quality}")
    console.print(f"{answer.searched} prints searched, {answer.compared} compared")
    console.print(f"milliseconds: {stages}")
    _explain_worth(console, answer)
    if answer.decided:
        console.print(f"by the rule: [bold]{answer.decided.outcome}[/], {answer.decided.reason}")
        console.print(escape(answer.decided.rule), style="dim", soft_wrap=True)
    console.print("A candidate is a lead, not an identification.", style="dim")


def _show_persons(console: Console, answer: SearchAnswer) -> None:
    """Print the persons that a probe is like."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    together = any(one.evidence is not None for one in answer.candidates)
    titles = ["rank", "score", "by chance", *["evidence"][:together], "gap", "person", "NCB"]
    for title in (*titles, "finger"):
        table.add_column(title, no_wrap=True)
    table.add_column("name", min_width=10)
    for one in answer.candidates:
        table.add_row(
            str(one.rank),
            f"{one.score:.3f}",
            _worth(one.calibrated),
            *[f"{one.evidence:.1f}" if one.evidence is not None else ""][:together],
            "" if one.gap_to_next is None else f"{one.gap_to_next:.3f}",
            escape(one.person.id),
            one.person.ncb,
            one.fingers[0].finger.label,
            escape(one.person.name),
        )
    console.print(table)
    for one in answer.candidates:
        for notice in one.notices:
            console.print(f"[bold]notice[/] about {escape(one.person.id)}: {notice.path}")


def _worth(calibrated: Calibrated | None) -> str:
    """How often a print of another finger scores as high."""
    if calibrated is None:
        return "unknown"
    return chance(calibrated.fmr) + ("*" if calibrated.extrapolated else "")


def _explain_worth(console: Console, answer: SearchAnswer) -> None:
    """Say what the column means, and what its stars do."""
    worth = [one.calibrated for one in answer.candidates]
    if any(worth):
        console.print("by chance: how often a single print of another finger scores as high")
    if any(one.evidence is not None for one in answer.candidates):
        console.print("evidence: of all fingers together, as a power of ten, for one person")
    if any(one.extrapolated for one in worth if one):
        console.print(f"* {EXTRAPOLATED}")
