"""The server of a demonstration: as a child, or in place of this process."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from api.children import stop, whorl
from api.demo.accounts import Credentials, add_people, add_service
from api.demo.bureau import (
    bureau_environment,
    fill_with_fixtures,
    fixtures_folder,
    throw_away_bureau,
)
from api.demo.client import Client
from api.demo.story import begin_story
from api.serving import Address, serve
from engine.errors import WhorlError
from engine.settings import Settings

START_SECONDS = 180.0
"""At the very first start the network is built and all kernels are compiled."""

HOST = "127.0.0.1"


@contextmanager
def running_server(settings: Settings) -> Iterator[Client]:
    """A server of these settings on a free port, and a client of it.

    Raises:
        WhorlError: it did not start.
    """
    address = Address(HOST, _free_port())
    log = settings.data_dir / "server.log"
    service = add_service(settings)
    command = whorl("serve", "--port", address.port, "--data-dir", settings.data_dir)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=bureau_environment(), stdout=output, stderr=output
        )
        try:
            with Console(stderr=True).status("Starting the server"):
                _await_ready(address, process, log)
            yield Client(address, service)
        finally:
            stop(process)


def _free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _await_ready(address: Address, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server is ready.

    Raises:
        WhorlError: it ended, or took too long.
    """
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(address):
        if process.poll() is not None or time.monotonic() > deadline:
            last = log.read_text(errors="replace").strip()[-2000:]
            raise WhorlError(f"the server did not start; it said:\n{last}")
        time.sleep(0.2)


def _is_ready(address: Address) -> bool:
    """Whether a server says that it is ready."""
    connection = http.client.HTTPConnection(address.host, address.port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def serve_demo(address: Address, *, worker: bool) -> None:
    """Serve a throw-away bureau with the invented people until stopped."""
    with throw_away_bureau() as settings:
        fill_with_fixtures(settings)
        people = add_people(settings)
        begin_story(settings)
        _tell_how(address, people)
        serve(settings, address, worker=worker, environment=bureau_environment())


def _tell_how(address: Address, people: list[Credentials]) -> None:
    """Show who can sign in, and a request that can be pasted."""
    console = Console(highlight=False, soft_wrap=True)
    probe = fixtures_folder() / "probes" / "second_impression.png"
    console.print("\nAccounts of these bureaus; all of it is deleted at the end")
    for one in people:
        console.print(f"  [bold]{one.user_id:14}[/] [bold]{one.secret}[/]  {one.roles}")
    console.print(f"Open [bold]{address.url}/portal[/] and play the story of README; its probes:")
    console.print(f"  {fixtures_folder() / 'probes'}")
    first = people[0]
    console.print("Or over HTTP: sign in, then search (or press Authorize at /docs)")
    console.print(
        f"  TOKEN=$(curl -s -d grant_type=password -d username={first.user_id} "
        f"-d password={first.secret} {address.url}/v1/token | "
        """sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')""",
        markup=False,
    )
    console.print(
        f'  curl -s -H "Authorization: Bearer $TOKEN" -F image=@{probe} {address.url}/v1/searches',
        markup=False,
    )
