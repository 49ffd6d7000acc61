"""What the command line asks for: what a row of the chain costs, on each database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.auditing.clients import PERSONS, Crowd, Timing, act_at_once, prepare
from benchmarks.auditing.databases import NAMES, Database, empty_database
from benchmarks.store.provenance import provenance
from benchmarks.store.templates import replace_file
from engine import audit
from engine.errors import BadInput, MissingPart, StorageError

FILE_NAME = "audit.json"


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked for on the command line; see there."""

    clients: int
    acts: int
    processes: int
    results: Path


def measure_chain(task: Task) -> dict[str, object]:
    """Measure on each database that there is, and store the figures.

    Raises:
        BadInput: a number is out of range.
        StorageError: the chain forked or is broken.
    """
    if min(task.clients, task.acts, task.processes) < 1:
        raise BadInput("clients, acts and processes must be 1 or more")
    task.results.mkdir(parents=True, exist_ok=True)
    facts: dict[str, object] = {"clients": task.clients, "processes": task.processes}
    for name in NAMES:
        try:
            with empty_database(name, task.results) as database:
                facts[name] = _measure(database, task)
        except MissingPart as error:
            facts[name] = {"skipped": str(error)}
    facts |= provenance()
    replace_file(task.results / FILE_NAME, (json.dumps(facts, indent=1) + "\n").encode())
    return facts


def _measure(database: Database, task: Task) -> dict[str, object]:
    """The figures of one database; the same acts with and without rows, alone and at once."""
    with closing(database.open()) as catalogue:
        prepare(catalogue)
    many = Crowd(task.clients, task.acts, task.processes)
    alone = Crowd(1, task.clients * task.acts)
    facts: dict[str, object] = {"durability": database.durability}
    for name, crowd in (("alone", alone), ("at_once", many)):
        without = _figures(*act_at_once(database, replace(crowd, recorded=False)))
        with_row = _figures(*act_at_once(database, crowd))
        added = with_row["ms_an_act"] - without["ms_an_act"]
        facts[name] = {
            "with_row": with_row,
            "without": without,
            "ms_added_an_act": round(added, 3),
        }
    # Each process and run makes an act before the clock runs; half of all have rows.
    rows = PERSONS + alone.acts + 1 + many.clients * many.acts + min(many.processes, many.clients)
    facts["rows_that_follow"] = _require_whole(database, rows)
    return facts


def _figures(timings: Sequence[Timing], seconds: float) -> dict[str, float]:
    """Milliseconds of some acts."""
    figures = {
        "acts": len(timings),
        "acts_a_second": len(timings) / seconds,
        "ms_an_act": 1000 * seconds / len(timings),
    }
    for name in Timing.__dataclass_fields__:
        values = [getattr(one, name) for one in timings]
        for percent in (50, 95):
            figures[f"{name}_p{percent}_ms"] = float(np.percentile(values, percent))
    return {name: round(value, 3) for name, value in figures.items()}


def _require_whole(database: Database, rows: int) -> int:
    """The number of rows, if all follow each other and none is missing.

    Raises:
        StorageError: they do not.
    """
    with closing(database.open()) as catalogue, catalogue.reading() as connection:
        state = audit.verify_chain(connection)
    if state != audit.ChainState(rows, None):
        raise StorageError(f"the chain has {state.rows} rows of {rows}: {state.broken}")
    return rows
