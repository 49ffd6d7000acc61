"""Known figures of other systems on the same images, not measured by this suite."""

from __future__ import annotations

SETS = (
    "fvc2000/DB1_B", "fvc2000/DB2_B", "fvc2000/DB3_B", "fvc2000/DB4_B",
    "fvc2002/DB1_B", "fvc2002/DB2_B", "fvc2002/DB3_B", "fvc2002/DB4_B",
)  # fmt: skip

QUOTED = {
    "NBIS MINDTCT + Bozorth3": (10.4, 8.8, 10.6, 7.3, 4.2, 2.7, 7.9, 5.2),
    "SourceAFIS 3.18": (3.9, 11.5, 16.9, 7.1, 3.0, 1.8, 11.4, 6.1),
    "LEADER at 0.3 + SourceAFIS's matcher": (0.0, 0.9, 0.7, 2.5, 0.7, 0.0, 1.2, 0.7),
}
"""EER in percent with all-pairs impostors, in the order of `SETS`."""
