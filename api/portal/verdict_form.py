"""The form of a verdict, with the pairs that it rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from api.portal.forms import PortalForm
from engine.errors import BadRequest
from engine.examination import Conclusion, MarkedMinutia, MarkedPair, Verdict
from engine.examining.deciding import VerdictOrder
from engine.records import MAX_MINUTIAE

NUMBERS = 6
"""Of a pair: x, y and direction in the probe, then in the candidate."""


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """What the form says."""

    conclusion: Conclusion
    reason: str
    pairs: tuple[MarkedPair, ...]
    transaction_id: str
    corrects: int | None

    def order(self, case_id: str) -> VerdictOrder:
        """The engine's form."""
        verdict = Verdict(self.conclusion, self.reason, self.pairs)
        return VerdictOrder(self.transaction_id, case_id, verdict, self.corrects)


def read_verdict(form: PortalForm) -> VerdictForm:
    """A verdict as it was sent.

    Raises:
        BadRequest: the conclusion is none, or a pair is malformed.
    """
    said = form.one("conclusion")
    if said not in list(Conclusion):
        raise BadRequest("conclusion: choose one of the three")
    number = form.one("corrects")
    if number and not (number.isascii() and number.isdigit() and len(number) < 6):
        raise BadRequest("corrects: give the number of your decision")
    return VerdictForm(
        Conclusion(said),
        form.one("reason"),
        _pairs(form),
        form.one("transaction_id"),
        int(number) if number else None,
    )


def _pairs(form: PortalForm) -> tuple[MarkedPair, ...]:
    """The pairs: of the script in one field, or of the boxes that were ticked without it."""
    written = form.one("pairs")
    rows = _parse(written) if written else [_parse(f"[{one}]") for one in form.many("pair")]
    if not isinstance(rows, list) or len(rows) > MAX_MINUTIAE:
        raise BadRequest(f"pairs: is no list of at most {MAX_MINUTIAE} pairs")
    return tuple(_pair(place, row) for place, row in enumerate(rows))


def _parse(text: str) -> Any:
    """A value of JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest("pairs: is no JSON") from error


def _pair(place: int, row: Any) -> MarkedPair:
    """One pair."""
    if not isinstance(row, list) or len(row) != NUMBERS or not all(map(_is_number, row)):
        raise BadRequest(f"pairs: {place}: give {NUMBERS} numbers")
    x, y, direction, *other = (float(one) for one in row)
    return MarkedPair(MarkedMinutia(x, y, direction), MarkedMinutia(*other))


def _is_number(value: Any) -> bool:
    """Whether a value is a number that a column can hold."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e6
