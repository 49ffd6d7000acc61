"""Figures of one outcome as a few lines for people."""

from __future__ import annotations

from collections.abc import Mapping

_HIDDEN = frozenset(
    {"protocol", "dataset", "engine", "parameters", "machine", "sets", "dataset_sha256", "code",
     "commit", "made_at", "load_average", "ignored", "failed", "source"}
)  # fmt: skip

_RATE = ("eer", "fnmr", "fnir", "rank", "hit", "pooled", "loss")


def summarise_facts(facts: Mapping[str, object]) -> str:
    """Title and figures; rates in percent."""
    lines = [f"{facts['protocol']}: {facts['engine']} on {facts['dataset']}"]
    for name, value in facts.items():
        if name not in _HIDDEN and not isinstance(value, list | dict):
            lines.append(f"  {name:28} {show(name, value)}")
    return "\n".join(lines)


def show(name: str, value: object) -> str:
    """A value; a rate in percent."""
    if isinstance(value, float) and name.startswith(_RATE):
        return f"{100 * value:.2f} %"
    return f"{value:,}" if isinstance(value, int) else str(value)
