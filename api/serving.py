"""The server as a process: the application, and the indexer beside it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass

import uvicorn
from rich.console import Console

from api.app import create_app
from api.authority import open_authority
from api.children import keeping_index
from engine.extractor import make_extractor
from engine.gallery.gallery import open_gallery
from engine.identity.accounts import Made, create_first_admin
from engine.settings import Settings
from engine.terminal import operator

LONGEST_HEAD = 64 * 1024
"""Bytes of the first line and all headers of a request."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """How the server is reached."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def serve(
    settings: Settings,
    address: Address,
    *,
    worker: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Serve until stopped.

    Args:
        settings: of the server.
        address: where to listen.
        worker: whether to keep the index up to date meanwhile.
        environment: of the indexer.

    Raises:
        StorageError: the gallery or the signing keys cannot be opened.
        MissingPart: the extractor cannot be made.
        BadRequest: the external issuer is not of HTTPS.
    """
    settings = settings.model_copy(update={"public_url": settings.public_url or address.url})
    # Everything that may fail is tried here first: inside the server it would be a traceback.
    made = _prepare(settings)
    extractor = make_extractor(settings)
    app = create_app(settings, lambda _: extractor)
    _tell(settings, address, made)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what is open gets closed
    keeper = keeping_index(settings.data_dir, environment) if worker else nullcontext()
    with keeper:
        uvicorn.run(
            app,
            host=address.host,
            port=address.port,
            access_log=False,
            server_header=False,
            http="h11",  # the faster parser keeps headers of any length
            h11_max_incomplete_event_size=LONGEST_HEAD,
        )


def _prepare(settings: Settings) -> Made | None:
    """Open and close what the server will open; make the first administrator if nobody is there."""
    catalogue = open_gallery(settings).catalogue
    try:
        open_authority(settings, catalogue)
        return None if settings.oidc_issuer else create_first_admin(catalogue, operator())
    finally:
        catalogue.close()


def _tell(settings: Settings, address: Address, made: Made | None) -> None:
    """Say where the docs are and how to sign in."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"Docs     {address.url}/docs")
    if settings.oidc_issuer:
        console.print(
            f"Sign in  at {settings.oidc_issuer}; `whorl user add --subject` admits users"
        )
    else:
        console.print(f"Sign in  POST {address.url}/v1/token; `whorl user add` makes accounts")
    if made is not None:
        console.print(f"\nFirst administrator  [bold]{made.user.id}[/]")
        console.print(f"One-time password    [bold]{made.secret}[/]  (shown once)")
        console.print(f"Choose your own now: whorl user password {made.user.id} "
                      f"--data-dir {settings.data_dir}\n")  # fmt: skip
    if "WHORL_TOKEN" in os.environ:
        console.print("[yellow]WHORL_TOKEN is not used any more:[/] users sign in; see CHANGELOG")
