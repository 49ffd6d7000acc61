"""The command line: list, run, report, background, calibrate, train-index, audit."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from benchmarks.code_digest import ROOT
from benchmarks.datasets.known import ALL
from engine.errors import WhorlError

RESULTS = ROOT / "results"
INDEX_MODEL = ROOT / "engine" / "reference" / "index_model.npz"
CALIBRATION = ROOT / "engine" / "reference" / "calibration.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 2 for input that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        with answer_only() as out:
            status: int = options.command(options, out)
            return status
    except WhorlError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


@contextmanager
def answer_only() -> Iterator[TextIO]:
    """Standard output for the answer alone.

    Whatever else is printed meanwhile, even by C libraries, goes to standard error: the answer is
    read by programs.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(kept), "w", encoding="utf-8") as out:
            yield out
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def _parser() -> argparse.ArgumentParser:
    """All commands and options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=_DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="protocols, data sets, engines, stored results")
    listing.set_defaults(command=_list)
    running = commands.add_parser("run", help="measure, and store what was measured")
    running.add_argument("protocol", metavar="PROTOCOL", help="one of `list`, or all")
    running.add_argument("--dataset", action="append", help=_DATASET)
    running.add_argument("--engine", action="append", help="see `list`; default: whorl")
    running.add_argument("--ppi", type=float, help="resolution of images that do not tell theirs")
    running.add_argument("--duplicates", type=Path, help="CSV of fingers that are the same")
    running.add_argument("--distractors", help="data set to be enrolled as well (identification)")
    running.add_argument("--fingers", type=_sizes, default=(), metavar="N[,N]", help=_FINGERS)
    running.add_argument("--json", action="store_true", help="one JSON object, for programs")
    running.set_defaults(command=_run)
    reporting = commands.add_parser("report", help="make report.html and report.md of results")
    reporting.add_argument("--dataset", help="its name; default: the one with most results")
    reporting.add_argument("--pictures", type=Path, help="write growth.png and funnel.png there")
    reporting.add_argument("--out", type=Path, help="folder; default: that of the results")
    reporting.set_defaults(command=_report)
    making = commands.add_parser("background", help="synthetic templates in any number")
    making.add_argument("--count", type=int, help="fingers; default: 1 000 000, or 480 to compare")
    making.add_argument("--seed", type=int, default=1, help="other seeds give other fingers")
    making.add_argument("--compare", action="store_true", help="how like real prints they are")
    making.add_argument("--dataset", default=ALL, help="real prints to compare with; see `run`")
    making.set_defaults(command=_background)
    fitting = commands.add_parser("calibrate", help="fit again what scores are worth")
    fitting.add_argument("--dataset", default=ALL, help="real prints to fit to; see `run`")
    fitting.add_argument("--engine", action="append", help="default: whorl and classical")
    fitting.add_argument("--background", type=int, default=2000, help="synthetic fingers more")
    fitting.add_argument("--seed", type=int, default=1, help="of the synthetic fingers")
    fitting.add_argument("--out", type=Path, default=CALIBRATION, help="file to write")
    fitting.set_defaults(command=_calibrate)
    training = commands.add_parser("train-index", help="train the axes and cells of large indexes")
    training.add_argument("--out", type=Path, default=INDEX_MODEL, help="file to write")
    training.set_defaults(command=_train_index)
    auditing = commands.add_parser("audit", help="what the audit chain costs, with many clients")
    auditing.add_argument("--clients", type=int, default=50, help="that act at once")
    auditing.add_argument("--acts", type=int, default=20, help="of each client")
    auditing.add_argument("--processes", type=int, default=1, help="that they are spread over")
    auditing.set_defaults(command=_audit)
    for command in (listing, running, reporting, making, fitting, training, auditing):
        command.add_argument("--results", type=Path, default=RESULTS, help="folder of results")
    return parser


_DESCRIPTION = "Measures this engine and its peers, and stores all raw scores."
_DATASET = (
    "folder of images with names like 101_3.png, folder of such folders, CSV manifest "
    f"(path, finger, impression[, set, ppi, person]), or a name of `list`; default: {ALL}"
)
_FINGERS = "size of the synthetic gallery (scale, funnel); sizes, with commas (growth, peers)"


def _sizes(text: str) -> tuple[int, ...]:
    """Whole numbers with commas between them."""
    return tuple(int(one) for one in text.split(","))


def _list(options: argparse.Namespace, out: TextIO) -> int:
    """Show what there is."""
    from benchmarks.listing import list_all  # noqa: PLC0415 - the others need not wait for it

    out.write(list_all(options.results))
    return 0


def _run(options: argparse.Namespace, out: TextIO) -> int:
    """Run protocols."""
    from benchmarks.running import Job, run_jobs  # noqa: PLC0415 - loads all of the engine

    job = Job(
        protocol=options.protocol,
        datasets=tuple(options.dataset or ()),
        engines=tuple(options.engine or ()),
        ppi=options.ppi,
        duplicates=options.duplicates,
        distractors=options.distractors,
        results=options.results,
        fingers=options.fingers,
    )
    for facts, text in run_jobs(job):
        out.write(json.dumps(facts) + "\n" if options.json else text + "\n")
        out.flush()
    return 0


def _report(options: argparse.Namespace, out: TextIO) -> int:
    """Make the report."""
    from benchmarks.report.making import make_report  # noqa: PLC0415 - needs matplotlib
    from benchmarks.report.pictures import write_pictures  # noqa: PLC0415 - the same

    if options.pictures:
        for path in write_pictures(options.results, options.pictures, options.dataset):
            out.write(f"{path}\n")
        return 0
    for path in make_report(options.results, options.out or options.results, options.dataset):
        out.write(f"{path}\n")
    return 0


def _background(options: argparse.Namespace, out: TextIO) -> int:
    """Make a background gallery, or compare one with real prints."""
    from benchmarks.background.command import (  # noqa: PLC0415 - loads all of the engine
        Task,
        compare_gallery,
        make_gallery,
    )

    count = options.count if options.count is not None else 480 if options.compare else 1_000_000
    task = Task(count, options.seed, options.dataset, options.results)
    facts = compare_gallery(task) if options.compare else make_gallery(task)
    out.write(json.dumps(facts, indent=1) + "\n")
    return 0


def _calibrate(options: argparse.Namespace, out: TextIO) -> int:
    """Fit the calibration anew."""
    from benchmarks.calibration.command import Task, calibrate  # noqa: PLC0415 - loads the engine

    engines = tuple(options.engine or ("whorl", "classical"))
    task = Task(
        dataset=options.dataset,
        engines=engines,
        background=options.background,
        seed=options.seed,
        out=options.out,
        results=options.results,
    )
    out.write(json.dumps(calibrate(task), indent=1) + "\n")
    return 0


def _train_index(options: argparse.Namespace, out: TextIO) -> int:
    """Train what large indexes share."""
    from benchmarks.index_model import train_index_model  # noqa: PLC0415 - loads the engine

    out.write(json.dumps(train_index_model(options.out), indent=1) + "\n")
    return 0


def _audit(options: argparse.Namespace, out: TextIO) -> int:
    """Measure the audit chain."""
    from benchmarks.auditing.command import Task, measure_chain  # noqa: PLC0415 - loads the engine

    task = Task(options.clients, options.acts, options.processes, options.results)
    out.write(json.dumps(measure_chain(task), indent=1) + "\n")
    return 0
