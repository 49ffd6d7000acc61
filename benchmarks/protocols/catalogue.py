"""All protocols."""

from __future__ import annotations

from benchmarks.datasets.known import SYNTHETIC
from benchmarks.protocols.base import Protocol
from benchmarks.protocols.calibration import run_calibration
from benchmarks.protocols.cross import run_cross
from benchmarks.protocols.identification import run_identification
from benchmarks.protocols.index import run_index
from benchmarks.protocols.partials import run_partials
from benchmarks.protocols.speed import run_speed
from benchmarks.protocols.tenprint import run_tenprint
from benchmarks.protocols.transfer import run_transfer
from benchmarks.protocols.verification import run_verification
from benchmarks.scale.funnel import run_funnel
from benchmarks.scale.growth import run_growth
from benchmarks.scale.peers import run_peers
from benchmarks.scale.protocol import run_scale

_ALL = (
    Protocol("verification", "1:1 within each set: FVC pairs and all pairs", run_verification),
    Protocol("cross", "1:1 over all sets pooled, impostors across sets too", run_cross),
    Protocol(
        "identification",
        "1:N through the whole path, closed and open set",
        run_identification,
        own_only=True,
    ),
    Protocol("index", "hit rate of the first pass against penetration", run_index, own_only=True),
    Protocol("partials", "latent-like probes: 12, 8, 5 minutiae", run_partials, own_only=True),
    Protocol(
        "calibration",
        "stated rates against observed, sets left out",
        run_calibration,
        own_only=True,
    ),
    Protocol("transfer", "do tuned numbers hold on sets left out", run_transfer, own_only=True),
    Protocol("tenprint", "fusion of fingers", run_tenprint, datasets=(SYNTHETIC,)),
    Protocol("scale", "searches among up to a million fingers", run_scale, own_only=True),
    Protocol("growth", "latency and CPU time against size", run_growth, own_only=True),
    Protocol("funnel", "shortlist and its numbers, recall and CPU", run_funnel, own_only=True),
    Protocol("peers", "linear engines beside ours in one gallery", run_peers, own_only=True),
    Protocol("speed", "CPU time of extraction and comparison", run_speed),
)

PROTOCOLS = {one.name: one for one in _ALL}
