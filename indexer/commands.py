"""Commands that fill and tend the gallery."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine import audit
from engine.errors import Conflict, CorruptFile
from engine.extractor import make_extractor
from engine.fingers import parse_finger, parse_impression
from engine.gallery.database import connect, database_url
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.manifest import read_manifest
from engine.gallery.print_store import count_prints
from engine.gallery.schema import upgrade_schema
from engine.gallery.shard_status import list_shards
from engine.latents.reverse import search_all_new_prints
from engine.persons import GalleryKind
from engine.protection.erasing import purge_copies
from engine.protection.sealing_old import plain_values, seal_old_values
from engine.terminal import DataDir, operator, progress_bar, settings_for
from indexer.builder import Built, build, rebuild
from indexer.checking import Report, check
from indexer.enrolment import Tally, enrol_batch
from indexer.sources import Defaults, read_source
from indexer.worker import watch

index_app = typer.Typer(help="Build, watch and inspect the index.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the application."""
    app.command("enrol")(enrol_command)
    app.command("check")(check_command)
    app.command("upgrade")(upgrade_command)
    app.add_typer(index_app, name="index")


def enrol_command(  # noqa: PLR0913 - each argument is an option of the command
    source: Annotated[Path, typer.Argument(help="Folder of images, or CSV file.")],
    ncb: Annotated[
        str | None, typer.Option(help="Bureau that owns the prints, such as FR.")
    ] = None,
    finger: Annotated[str | None, typer.Option(help="Finger of all prints of a folder.")] = None,
    impression: Annotated[
        str | None, typer.Option(help="Impression type, such as live_rolled.")
    ] = None,
    ppi: Annotated[
        float | None, typer.Option(help="Resolution, if the images do not tell.")
    ] = None,
    pattern: Annotated[
        str, typer.Option(help="Which images of a folder, such as '*_1.png'.")
    ] = "*",
    data_dir: DataDir = None,
) -> None:
    """Enrol the images of a folder, or the rows of a CSV file.

    A CSV file needs the columns path and person; it may have finger, impression_type, ncb,
    encounter, kind (TP), ppi, family_name, forename, sex, date_of_birth, nationalities and
    person_status. Paths count from the file's folder. In a folder, names like 101_2.png mean
    finger 101, impression 2; any other name is a person of its own.

    Run it again after an interruption: what is enrolled already is passed over.
    """
    settings = settings_for(data_dir)
    defaults = Defaults(ncb, parse_finger(finger), parse_impression(impression), ppi, pattern)
    entries = list(read_source(source, defaults))
    gallery = open_gallery(settings)
    with progress_bar("Enrolling", len(entries)) as bar:
        tally = enrol_batch(
            entries,
            gallery.catalogue,
            make_extractor(settings),
            operator(ncb or ""),
            lambda count: bar.advance(bar.task_ids[0], count),
        )
    _show_tally(tally)
    _index_now(gallery)
    _search_latents(gallery)
    if tally.refused and not tally.enrolled and not tally.known:
        raise typer.Exit(1)


def _index_now(gallery: Gallery) -> None:
    """Bring the index up to date, unless a running indexer is about to do it."""
    try:
        built = _build(gallery)
    except Conflict:
        Console().print("the running indexer takes the new prints in; they are found already")
        return
    Console().print(f"segments in the index: {built.segments}")


def _search_latents(gallery: Gallery) -> None:
    """Search what was enrolled against unsolved latents; alerts go to the latents' owners alone."""
    search_all_new_prints(Gallery(gallery.catalogue, gallery.folder, GalleryKind.UNSOLVED_LATENT))


def _build(gallery: Gallery) -> Built:
    """Bring the index up to date, with a bar.

    Raises:
        Conflict: another process is building.
    """
    covers = read_manifest(gallery.folder, gallery.catalogue.signer()).covers
    with gallery.catalogue.reading() as connection:
        waiting = count_prints(connection, covers)
    with progress_bar("Indexing", waiting) as bar:
        return build(
            gallery.catalogue, gallery.folder, lambda count: bar.advance(bar.task_ids[0], count)
        )


def _rebuild(gallery: Gallery) -> Built:
    """Make the whole index again, with a bar and a row in the audit chain.

    Raises:
        Conflict: another process is building.
    """
    with gallery.catalogue.recording() as connection:
        audit.record(connection, operator(), "index.rebuild", "", {})
        total = count_prints(connection)
    with progress_bar("Indexing", total) as bar:
        return rebuild(
            gallery.catalogue, gallery.folder, lambda count: bar.advance(bar.task_ids[0], count)
        )


def _show_tally(tally: Tally) -> None:
    """Print what a batch did."""
    console = Console()
    summary = Table("", "prints", title="Enrolment", title_justify="left")
    summary.add_row("enrolled", str(tally.enrolled))
    summary.add_row("enrolled before", str(tally.known))
    summary.add_row("refused", str(len(tally.refused)))
    console.print(summary)
    console.print(f"persons who got prints: {len(tally.persons)}")
    if tally.refused:
        refused = Table("refused", "reason", title_justify="left")
        for one in tally.refused:
            refused.add_row(escape(one.source), escape(one.reason.removeprefix(f"{one.source}: ")))
        console.print(refused)


@index_app.command("build")
def build_command(data_dir: DataDir = None) -> None:
    """Put all prints that no segment holds yet into segments."""
    built = _build(open_gallery(settings_for(data_dir), create=False))
    Console().print(f"{built.added} prints added, {built.segments} segments")


@index_app.command("rebuild")
def rebuild_command(data_dir: DataDir = None) -> None:
    """Make the whole index again from the catalogue; searches go on meanwhile."""
    built = _rebuild(open_gallery(settings_for(data_dir), create=False))
    Console().print(f"{built.added} prints indexed, {built.segments} segments")


@index_app.command("purge")
def purge_command(data_dir: DataDir = None) -> None:
    """Take removed and erased prints out of index files and of the database's log, now."""
    gallery = open_gallery(settings_for(data_dir), create=False)
    purged = purge_copies(gallery.catalogue, gallery.folder)
    Console().print(f"{purged.prints} prints taken out of {purged.segments} segments: none left")


@index_app.command("watch")
def watch_command(
    data_dir: DataDir = None,
    with_parent: Annotated[
        bool, typer.Option(help="Stop when the process that started this one has ended.")
    ] = False,
) -> None:
    """Keep the index up to date until stopped: the indexer as a process."""
    gallery = open_gallery(settings_for(data_dir))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    console = Console(stderr=True)
    parent = os.getppid() if with_parent else None
    watch(gallery.catalogue, gallery.folder, stop, lambda what: console.print(str(what)), parent)


@index_app.command("status")
def status_command(
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Show what the index holds, shard by shard."""
    snapshot = open_gallery(settings_for(data_dir), create=False).snapshot()
    shards = list_shards(snapshot)
    if as_json:
        facts = {"generation": snapshot.manifest.generation, "change": snapshot.clock}
        rows = [asdict(shard) for shard in shards]
        typer.echo(json.dumps({**facts, "removed": len(snapshot.removed), "shards": rows}))
        return
    table = Table("shard", "prints", "minutiae", "segments", "from memory", "state")
    for one in shards:
        numbers = map(str, (one.prints, one.minutiae, one.segments, one.recent))
        state = f"[red]{escape(one.failed)}[/]" if one.failed else "[green]ready[/]"
        table.add_row(one.shard, *numbers, state)
    Console().print(table)
    Console().print(f"generation {snapshot.manifest.generation}, change {snapshot.clock}")
    if snapshot.failed:
        raise typer.Exit(1)


def check_command(
    data_dir: DataDir = None,
    repair: Annotated[bool, typer.Option(help="Rebuild the index if it has faults.")] = False,
) -> None:
    """Prove that catalogue, segments, index and audit chain agree; name what does not."""
    gallery = open_gallery(settings_for(data_dir), create=False)
    report = check(gallery.catalogue, gallery.folder)
    _show_report(report)
    if report.index_faults and repair:
        _rebuild(gallery)
        Console().print("index rebuilt from the catalogue")
        report = check(gallery.catalogue, gallery.folder)
        _show_report(report)
    if not report.sound:
        raise typer.Exit(1)


def _show_report(report: Report) -> None:
    """Print the result of a check."""
    console = Console()
    console.print(
        f"{report.prints} prints indexed in {report.segments} segments, {report.waiting} waiting, "
        f"{report.audit_rows} audit rows agree"
    )
    console.print(
        f"{report.sealed} values sealed, {report.plain} plain; manifest signature "
        f"{'good' if report.signed else 'not good'}"
    )
    for fault in report.index_faults:
        console.print(f"[red]index:[/] {escape(fault)}", soft_wrap=True)
    for fault in report.seal_faults:
        console.print(f"[red]sealed records:[/] {escape(fault)}", soft_wrap=True)
    if report.audit_fault:
        console.print(f"[red]audit chain:[/] {escape(report.audit_fault)}", soft_wrap=True)
    if report.sound:
        console.print("[green]everything agrees[/]")


def upgrade_command(data_dir: DataDir = None) -> None:
    """Bring the catalogue to this program's version, and seal what is not sealed yet.

    Run it again after an interruption.
    """
    settings = settings_for(data_dir)
    database = connect(database_url(settings.data_dir, settings.database_url))
    upgrade_schema(database)
    database.dispose()
    gallery = open_gallery(settings)
    with progress_bar("Sealing", plain_values(gallery.catalogue)) as bar:
        sealed = seal_old_values(
            gallery.catalogue, lambda count: bar.advance(bar.task_ids[0], count)
        )
    try:
        read_manifest(gallery.folder, gallery.catalogue.signer())
    except CorruptFile:  # not signed by us, so not trusted: made again
        _rebuild(gallery)
    Console().print(f"the catalogue is of this program's version; {sealed} values sealed now")
