"""What a serving process needs for a gallery: seconds to open it, bytes to hold it.

Runs as a process of its own (`python -m benchmarks.scale.serving FOLDER PROBES`), because memory
that this one used for other things would be counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.protocols.enrolment import ASKER
from benchmarks.scale.gallery import settings_of
from engine.candidates import SearchRequest
from engine.gallery.gallery import open_gallery
from engine.search import Searcher
from engine.templates.binary import decode


@dataclass(frozen=True, slots=True)
class Serving:
    """What was measured.

    Attributes:
        start_seconds: from a running program to the first answer's start: checksums, mapping.
        private_bytes: memory of its own that the gallery took, after searches.
        mapped_bytes: files that it maps, shared between processes, whether read yet or not.
        resident_bytes: of the whole process at last.
    """

    start_seconds: float
    private_bytes: int
    mapped_bytes: int
    resident_bytes: int


def measure_serving(folder: Path, probes: list[bytes], threads: int) -> Serving:
    """Measure in a process of its own, with stored templates as probes."""
    command = [sys.executable, "-m", "benchmarks.scale.serving", str(folder), str(threads)]
    text = json.dumps([probe.hex() for probe in probes])
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return Serving(**json.loads(done.stdout))


def _serve(folder: Path, threads: int, probes: list[bytes]) -> Serving:
    """Open the gallery and search."""
    before = _memory("RssAnon")
    start = time.perf_counter()
    gallery = open_gallery(settings_of(folder))
    snapshot = gallery.snapshot()
    seconds = time.perf_counter() - start
    searcher = Searcher(gallery, None, threads)  # type: ignore[arg-type]  # probes are templates
    for probe in probes:
        searcher.search(SearchRequest(decode(probe)), ASKER)
    mapped = [gallery.folder / f"{segment.name}.h5" for segment in snapshot.segments]
    return Serving(
        start_seconds=round(seconds, 2),
        private_bytes=_memory("RssAnon") - before,
        mapped_bytes=sum(path.stat().st_size for path in mapped if path.exists()),
        resident_bytes=_memory("VmRSS"),
    )


def _memory(kind: str) -> int:
    """Bytes of this process, as the kernel counts them."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = [line for line in lines if line.startswith(f"{kind}:")]
    return 1024 * int(line.split()[1])


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    told = [bytes.fromhex(one) for one in json.load(sys.stdin)]
    found = _serve(Path(sys.argv[1]), int(sys.argv[2]), told)
    print(json.dumps({name: getattr(found, name) for name in Serving.__slots__}))
