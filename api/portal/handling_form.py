"""The form of how a record is handled: who may see it, and for how long."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import ValidationError

from api.portal.forms import PortalForm
from api.schemas.handling import HandlingPatch, PrintHandlingPatch
from engine.errors import BadRequest

_BETWEEN = re.compile(r"[\s,;]+")

_Patch = TypeVar("_Patch", bound=PrintHandlingPatch)


def read_handling(form: PortalForm) -> HandlingPatch:
    """What to change of a person's handling.

    Raises:
        BadRequest: a field is malformed.
    """
    more = {name: form.one(name) or None for name in ("status", "retention_until")}
    return _valid(HandlingPatch, {**_own(form), **more})


def read_print_handling(form: PortalForm) -> PrintHandlingPatch:
    """What to change of a print's own handling.

    Raises:
        BadRequest: a field is malformed.
    """
    return _valid(PrintHandlingPatch, _own(form))


def read_codes(text: str) -> list[str]:
    """Codes between which there are commas or spaces, in capitals."""
    return [one.upper() for one in _BETWEEN.split(text) if one]


def read_recipients(form: PortalForm) -> dict[str, Any]:
    """Who may see it; for all, the list is not looked at: its field stays on the page."""
    mode = form.one("mode") or "ALL"
    return {"mode": mode, "ncbs": [] if mode == "ALL" else read_codes(form.one("ncbs"))}


def _own(form: PortalForm) -> dict[str, Any]:
    """What persons and prints have alike."""
    return {
        "restriction": read_recipients(form),
        "classification": form.one("classification") or None,
    }


def _valid(kind: type[_Patch], values: dict[str, Any]) -> _Patch:
    """The patch."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadRequest(f"{first['loc'][0]}: {first['msg']}") from error
