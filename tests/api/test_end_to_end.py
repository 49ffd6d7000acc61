"""The whole path with nothing faked: indexer, server and caller are three processes."""

from __future__ import annotations

import csv
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import psutil
import pytest

from api.children import keeping_index, whorl
from api.demo.bureau import FIXTURES, bureau_environment, enrol, throw_away_bureau
from api.demo.client import Client
from api.demo.pictures import draw_best
from api.demo.probes import Probe, read_probes
from api.demo.server import running_server
from api.schemas.base import Link
from api.serving import LONGEST_HEAD, _prepare
from engine.errors import WhorlError
from engine.identity.keys import FILE_NAME
from engine.settings import Settings

ENROLLED = ("FX-0007", "FX-0023", "FX-0040")


@pytest.fixture(scope="module")
def bureau() -> Iterator[Settings]:
    """A bureau with three of the invented people."""
    with throw_away_bureau() as settings:
        settings.data_dir.mkdir()
        people = settings.data_dir / "people.csv"
        with (FIXTURES / "people.csv").open(encoding="utf-8", newline="") as source:
            rows = [row for row in csv.DictReader(source) if row["person"] in ENROLLED]
        with people.open("w", encoding="utf-8", newline="") as target:
            table = csv.DictWriter(target, rows[0])
            table.writeheader()
            table.writerows({**row, "path": FIXTURES / row["path"]} for row in rows)
        enrol(settings, people)
        yield settings


@pytest.fixture(scope="module")
def caller(bureau: Settings) -> Iterator[Client]:
    """A caller of a real server."""
    with running_server(bureau) as client:
        yield client


@pytest.mark.parametrize("probe", read_probes(FIXTURES / "probes")[:2], ids=lambda p: p.path.stem)
def test_another_impression_finds_its_person(caller: Client, probe: Probe, tmp_path: Path) -> None:
    """The mate is at rank 1 by a wide gap, on its finger, and the picture shows why."""
    answer = caller.search(probe.path)
    best = answer.candidates[0]
    assert (best.person.id, best.fingers[0].finger) == (probe.person, probe.finger)
    assert best.gap_to_next is not None
    assert best.gap_to_next > 0.1
    assert not answer.shards_failed
    picture = cv2.imread(str(draw_best(caller, probe.path, answer, tmp_path)))
    assert picture is not None
    assert min(picture.shape[:2]) > 500


def test_a_problem_reaches_the_caller(caller: Client, tmp_path: Path) -> None:
    """The reason names the file."""
    empty = tmp_path / "empty.png"
    empty.touch()
    with pytest.raises(WhorlError, match=r"empty\.png: the file is empty"):
        caller.search(empty)
    with pytest.raises(WhorlError, match="no person 'nobody'"):
        caller.read_bytes(Link(href="/v1/persons/nobody"))


@pytest.mark.parametrize("line", [b"X-%d: " + b"a" * 1000, b"X-%d: a"])
def test_a_head_without_end_is_cut_off(caller: Client, line: bytes) -> None:
    """Many headers or long ones are refused before they fill the memory; others are served."""
    answer = b""
    with socket.create_connection((caller.address.host, caller.address.port), 10) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        with suppress(ConnectionError):
            for number in range(4 * LONGEST_HEAD // len(line)):
                connection.sendall(line % number + b"\r\n")
            answer = connection.recv(100)
    assert answer == b"" or b" 400 " in answer
    assert b"alive" in caller.read_bytes(Link(href="/healthz"))


def test_the_key_file_is_the_owners(caller: Client, bureau: Settings) -> None:
    """`whorl serve` made it."""
    path = bureau.data_dir / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_first_start_makes_one_administrator(caller: Client, tmp_path: Path) -> None:
    """Its one-time password is printed once; where anybody has an account, none is made."""
    settings = Settings(data_dir=tmp_path, database_url=None, oidc_issuer=None)
    made, again = _prepare(settings), _prepare(settings)
    assert made is not None
    assert made.secret
    assert (made.user.id, made.user.one_time) == ("admin@ipsg", True)
    assert again is None


def watchers(data_dir: Path) -> list[int]:
    """Process ids of the indexers of a bureau."""
    wanted = ["index", "watch", "--with-parent", "--data-dir", str(data_dir)]
    running = psutil.process_iter(["cmdline"])
    return [process.pid for process in running if (process.info["cmdline"] or [])[-5:] == wanted]


def await_watchers(data_dir: Path, others_than: list[int]) -> list[int]:
    """Indexers that were not there before."""
    for _ in range(200):
        found = [pid for pid in watchers(data_dir) if pid not in others_than]
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("no indexer")


def test_the_indexer_is_kept_and_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that dies is started again; none outlives the server."""
    monkeypatch.setattr("api.children.RESTART_SECONDS", 0.1)
    with keeping_index(tmp_path, bureau_environment()):
        (first,) = await_watchers(tmp_path, [])
        os.kill(first, signal.SIGKILL)
        (second,) = await_watchers(tmp_path, [first])
    assert second != first
    assert not watchers(tmp_path)


def test_a_gallery_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    """`whorl serve` names the file and the reason, without a traceback."""
    (tmp_path / "catalogue.sqlite").write_bytes(b"no database" * 500)
    done = subprocess.run(
        whorl("serve", "--port", "1", "--data-dir", tmp_path),
        env=bureau_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "catalogue.sqlite" in done.stderr
    assert "Traceback" not in done.stderr


def test_commands_run_with_this_interpreter() -> None:
    """Whatever `whorl` is first on the path."""
    assert whorl("check")[:3] == [sys.executable, "-m", "engine.cli"]
