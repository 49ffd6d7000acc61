"""Results of a batch as a Parquet file, written portion by portion so that a kill loses little.

While a batch runs, `OUT.parts` holds a file for each finished portion and the batch's terms. At the
end they become one file, and the folder goes. A batch that is started again with the same terms
goes on after the last whole portion.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from engine.errors import BadInput
from engine.gallery.files import write_whole

_TEXTS = pa.list_(pa.string())

SCHEMA = pa.schema(
    [
        ("probe", pa.string()),
        ("probe_finger", pa.string()),
        ("state", pa.string()),  # searched or refused
        ("reason", pa.string()),  # why it was refused
        ("minutiae", pa.int16()),
        ("quality", pa.int16()),
        ("searched", pa.int64()),
        ("compared", pa.int32()),
        ("shards_failed", _TEXTS),
        ("rank", pa.int16()),  # null, like all that follows, where there is no candidate
        ("person", pa.string()),
        ("ncb", pa.string()),
        ("score", pa.float32()),
        ("fmr_decibels", pa.float32()),
        ("log10_lr", pa.float32()),
        ("extrapolated", pa.bool_()),
        ("gap_to_next", pa.float32()),
        ("print_id", pa.int64()),
        ("finger", pa.string()),
        ("notices", _TEXTS),
    ]
)

_TERMS = "terms.json"

Row = Mapping[str, object]
"""Values of some columns; the others are null."""


class Results:
    """The results of one batch, on disk. Not for use by two processes at once."""

    def __init__(self, out: Path, terms: Mapping[str, object]) -> None:
        """Begin, or go on where an interrupted batch of the same terms stopped.

        Args:
            out: the file to make.
            terms: all that the results depend on, as plain values.

        Raises:
            BadInput: the file is there already, or another batch was interrupted there.
            StorageError: nothing can be written there.
        """
        self.out = out
        self._parts = out.with_name(f"{out.name}.parts")
        if out.exists():
            raise BadInput(f"{out}: is there already; name another file or remove it")
        if not out.parent.is_dir():
            raise BadInput(f"{out.parent}: no such folder")
        self._parts.mkdir(exist_ok=True, mode=0o700)
        self._agree(json.dumps(terms, sort_keys=True, indent=1))

    def _agree(self, terms: str) -> None:
        """Keep the terms, or compare them with those that are kept."""
        path = self._parts / _TERMS
        if not path.exists():
            write_whole(path, lambda beside: _write(beside, terms))
        elif path.read_text(encoding="utf-8") != terms:
            raise BadInput(
                f"{self._parts}: holds what another batch has found so far, with other probes or "
                "options; finish that one, or remove the folder"
            )

    def done(self) -> set[str]:
        """Names of the probes that need no search any more."""
        names: set[str] = set()
        for path in self._files():
            names |= set(pq.read_table(path, columns=["probe"]).column(0).to_pylist())
        return names

    def add(self, rows: Sequence[Row]) -> None:
        """Keep the rows of a portion of probes, all of each.

        Raises:
            StorageError: they could not be written; what was kept before is safe.
        """
        columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
        table = pa.table(columns, schema=SCHEMA)
        path = self._parts / f"{len(self._files()):06d}.parquet"
        write_whole(path, lambda beside: pq.write_table(table, beside))

    def finish(self) -> int:
        """Make the one file; returns its number of rows."""
        files = self._files()
        write_whole(self.out, lambda beside: _join(files, beside))
        shutil.rmtree(self._parts)
        return int(pq.read_metadata(self.out).num_rows)

    def _files(self) -> list[Path]:
        """Files of the finished portions, in their order."""
        return sorted(self._parts.glob("[0-9]*.parquet"))


def _write(path: Path, text: str) -> None:
    """Write text."""
    path.write_text(text, encoding="utf-8")


def _join(files: Sequence[Path], out: Path) -> None:
    """All portions in one file, one after the other."""
    with pq.ParquetWriter(out, SCHEMA) as writer:
        for path in files:
            writer.write_table(pq.read_table(path, schema=SCHEMA))
