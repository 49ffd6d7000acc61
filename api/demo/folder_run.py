"""The demonstration on a folder of images named FINGER_IMPRESSION: how many are identified."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.demo.bureau import enrol, throw_away_bureau
from api.demo.client import Client
from api.demo.server import running_server
from api.demo.showing import make_console
from engine.errors import BadInput, WhorlError
from engine.members import bureaus, regions
from engine.terminal import progress_bar

_NAME = re.compile(r"(\d+)_(\d+)\.(png|tif|tiff|bmp|jpg|jpeg|jp2|wsq)", re.IGNORECASE)

MISSES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Impression:
    """An image of a folder: finger and impression by its name."""

    path: Path
    finger: int
    number: int

    @property
    def person(self) -> str:
        """The id under which the finger is enrolled."""
        return f"finger-{self.finger}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search of an impression found.

    Attributes:
        impression: that was searched.
        first: id of the first candidate, or why there is none.
        score: of the first candidate.
        score_of_mate: of the mate, None if it is not among the candidates.
    """

    impression: Impression
    first: str
    score: float
    score_of_mate: float | None

    @property
    def found(self) -> bool:
        """Whether the mate is at rank 1."""
        return self.first == self.impression.person


def run_folder(folder: Path, ppi: float | None) -> bool:
    """Enrol the first impression of each finger, search all others; returns whether any is found.

    Raises:
        BadInput: the folder holds no such images.
    """
    console = make_console()
    impressions = read_folder(folder)
    firsts = first_impressions(impressions)
    probes = [one for one in impressions if one not in firsts]
    with throw_away_bureau() as settings:
        settings.data_dir.mkdir()
        people = settings.data_dir / "people.csv"
        write_people(people, firsts, ppi)
        enrol(settings, people)
        with running_server(settings) as client, progress_bar("Searching", len(probes)) as bar:
            outcomes = []
            for probe in probes:
                outcomes.append(_search(client, probe, ppi))
                bar.advance(bar.task_ids[0])
    _show(console, firsts, outcomes)
    return any(outcome.found for outcome in outcomes)


def read_folder(folder: Path) -> list[Impression]:
    """The images of a folder, by finger and impression.

    Raises:
        BadInput: there are none, or only first impressions.
    """
    paths = folder.iterdir() if folder.is_dir() else ()
    matches = [(path, _NAME.fullmatch(path.name)) for path in paths]
    found = [Impression(path.resolve(), int(m[1]), int(m[2])) for path, m in matches if m]
    if len(found) == len(first_impressions(found)):
        raise BadInput(f"{folder}: no images named like 101_1.png, 101_2.png to compare")
    return sorted(found, key=lambda one: (one.finger, one.number))


def first_impressions(impressions: Sequence[Impression]) -> list[Impression]:
    """The impression of lowest number of each finger."""
    firsts: dict[int, Impression] = {}
    for one in sorted(impressions, key=lambda one: (one.finger, one.number)):
        firsts.setdefault(one.finger, one)
    return list(firsts.values())


def write_people(path: Path, firsts: Sequence[Impression], ppi: float | None) -> None:
    """Write a CSV file that gives the fingers to bureaus of all regions in turn."""
    owners = [next(one.code for one in bureaus().values() if one.region == r) for r in regions()]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("path", "person", "ncb", "ppi"))
        for row, one in enumerate(firsts):
            table.writerow((one.path, one.person, owners[row % len(owners)], ppi or ""))


def _search(client: Client, probe: Impression, ppi: float | None) -> Outcome:
    """Search an impression; one that cannot be used is a miss."""
    try:
        candidates = client.search(probe.path, ppi=ppi, top=20).candidates
    except WhorlError as error:
        return Outcome(probe, str(error), 0.0, None)
    if not candidates:
        return Outcome(probe, "no candidate", 0.0, None)
    mate = next((one.score for one in candidates if one.person.id == probe.person), None)
    return Outcome(probe, candidates[0].person.id, candidates[0].score, mate)


def _show(console: Console, firsts: Sequence[Impression], outcomes: Sequence[Outcome]) -> None:
    """Show the rate and the misses."""
    misses = [outcome for outcome in outcomes if not outcome.found]
    hits = len(outcomes) - len(misses)
    rate = 100 * hits / len(outcomes)
    console.print(
        f"{len(firsts)} fingers enrolled over {len(regions())} regions, {len(outcomes)} other "
        f"impressions searched over HTTP"
    )
    console.print(f"[bold]rank-1 identification rate {rate:.2f} % ({hits} of {len(outcomes)})[/]")
    if misses:
        table = Table("missed", "first candidate", "score", "score of the mate")
        for one in misses[:MISSES_SHOWN]:
            mate = "not listed" if one.score_of_mate is None else f"{one.score_of_mate:.3f}"
            table.add_row(one.impression.path.name, escape(one.first), f"{one.score:.3f}", mate)
        console.print(table)
    if len(misses) > MISSES_SHOWN:
        console.print(f"and {len(misses) - MISSES_SHOWN} more")
    console.print(
        "Go on with [bold]whorl enrol FOLDER --ncb FR --data-dir DIR[/], then "
        "[bold]whorl serve --data-dir DIR[/], the portal at http://127.0.0.1:8000/portal",
        highlight=False,
    )
