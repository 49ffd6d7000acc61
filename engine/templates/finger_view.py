"""One view of one finger, as the exchange formats hold several of them in a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.errors import BadTemplate
from engine.fingers import Finger, Impression
from engine.records import Template


@dataclass(frozen=True, slots=True, eq=False)
class FingerView:
    """A template with what an exchange record says of it.

    Attributes:
        finger: position, codes 0 to 10.
        impression: how it was taken.
        view: number of this view among those of the same finger, from 0.
        template: minutiae at 500 ppi.
    """

    finger: Finger
    impression: Impression
    view: int
    template: Template


def check_view_numbers(views: Iterable[FingerView]) -> None:
    """Views of one finger are numbered 0, 1, 2 ... in their order.

    Raises:
        BadTemplate: they are not.
    """
    seen: Counter[Finger] = Counter()
    for view in views:
        if view.view != seen[view.finger]:
            raise BadTemplate(
                f"view {view.view} of {view.finger.label} where number {seen[view.finger]} is due"
            )
        seen[view.finger] += 1
