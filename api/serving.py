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
from api.children import keeping_index
from api.token import load_token, token_path
from engine.extractor import make_extractor
from engine.gallery.gallery import open_gallery
from engine.settings import Settings


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
        StorageError: the gallery cannot be opened.
        MissingPart: the extractor cannot be made.
    """
    # Everything that may fail is tried here first: inside the server it would be a traceback.
    open_gallery(settings).catalogue.close()
    load_token(settings)
    extractor = make_extractor(settings)
    app = create_app(settings, lambda _: extractor)
    _tell(settings, address)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what is open gets closed
    keeper = keeping_index(settings.data_dir, environment) if worker else nullcontext()
    with keeper:
        uvicorn.run(
            app, host=address.host, port=address.port, access_log=False, server_header=False
        )


def _tell(settings: Settings, address: Address) -> None:
    """Say where the docs and the token are."""
    place = "in WHORL_TOKEN" if settings.token is not None else f"in {token_path(settings)}"
    console = Console(stderr=True)
    console.print(f"Docs   {address.url}/docs", highlight=False, soft_wrap=True)
    console.print(f"Token  {place}", highlight=False, soft_wrap=True)
