"""Other rooms' commands as processes of their own: rooms never import each other."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

RESTART_SECONDS = 5.0
STOP_SECONDS = 15.0

log = logging.getLogger("whorl.api")


def whorl(*arguments: object) -> list[str]:
    """The command line of a `whorl` command, with the interpreter that runs now."""
    return [sys.executable, "-m", "engine.cli", *map(str, arguments)]


@contextmanager
def keeping_index(data_dir: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run `whorl index watch` meanwhile; it is started again if it ends."""
    stopping = threading.Event()
    command = whorl("index", "watch", "--with-parent", "--data-dir", data_dir)
    keeper = threading.Thread(
        target=_keep, args=(command, environment, stopping), name="index-keeper", daemon=True
    )
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep(command: list[str], environment: Mapping[str, str], stopping: threading.Event) -> None:
    """Keep a process running until told to stop."""
    while not stopping.is_set():
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
        while process.poll() is None and not stopping.wait(0.2):
            pass
        if stopping.is_set():
            stop(process)
            return
        log.warning(
            "the indexer ended with status %s and is started again; until then new prints are "
            "searched from memory",
            process.returncode,
        )
        stopping.wait(RESTART_SECONDS)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, gently at first."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
