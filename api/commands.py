"""Commands that serve the interface and show what it does.

What they need is imported when they run: every other command would wait a second for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.terminal import DataDir, settings_for


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the application."""
    app.command("serve")(serve_command)
    app.command("demo")(demo_command)


def serve_command(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    data_dir: DataDir = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Serve a throw-away bureau with invented people.")
    ] = False,
    worker: Annotated[
        bool, typer.Option(help="Keep the index up to date meanwhile, in a process of its own.")
    ] = True,
) -> None:
    """Serve the HTTP interface until stopped; its docs are at /docs."""
    from api.demo.server import serve_demo  # noqa: PLC0415
    from api.serving import Address, serve  # noqa: PLC0415

    address = Address(host, port)
    if demo:
        serve_demo(address, worker=worker)
    else:
        serve(settings_for(data_dir), address, worker=worker)


def demo_command(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of images named FINGER_IMPRESSION, such as 101_1.png: the first "
            "impression of each finger is enrolled, all others are searched."
        ),
    ] = None,
    ppi: Annotated[
        float | None, typer.Option(help="Resolution of these images, if they do not tell.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("demo-out"),
) -> None:
    """Show a whole search: enrol into a throw-away bureau, serve it, and search over HTTP.

    Ends with status 1 if a probe's person is not at rank 1 (with --data: if none is).
    """
    from api.demo.fixture_run import run_fixtures  # noqa: PLC0415
    from api.demo.folder_run import run_folder  # noqa: PLC0415

    found = run_fixtures(out) if data is None else run_folder(data, ppi)
    raise typer.Exit(0 if found else 1)
