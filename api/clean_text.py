"""Texts from outside hold no control characters: checked once, before any route.

PostgreSQL stores no NUL, terminals obey escapes, and a line break in a name forges lines of a log.
Free text may hold tabs and line breaks; names, queries and headers are of one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError

_Place = tuple[str | int, ...]

IN_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Not in free text: controls but tab and line breaks, and halves of characters."""

IN_LINE = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")
"""Not in a name or a query."""

IN_HEADER = re.compile("[\0-\x08\x0a-\x1f\x7f]")
"""Not in a header, whose bytes above 7f may be part of any text."""

_ESCAPES = re.compile(rb"\\(?:[bf]|u00[0189]|u007[fF]|u[dD][89a-fA-F])")
"""How JSON would write one; unescaped ones are no JSON."""


async def refuse_controls(request: Request) -> None:
    """Check query, headers and, where it is JSON, the body of a request.

    Raises:
        RequestValidationError: names each field that holds a control character.
    """
    faults = [
        *_faults("query", request.query_params.multi_items(), IN_LINE),
        *_faults("header", request.headers.items(), IN_HEADER),
    ]
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media.endswith("json"):
        faults += faults_of_json(await request.body())
    require_none(faults)


def require_none(faults: Sequence[dict[str, Any]]) -> None:
    """Refuse a request that has faults.

    Raises:
        RequestValidationError: it has.
    """
    if faults:
        raise RequestValidationError(faults)


def faults_of_json(body: bytes) -> list[dict[str, Any]]:
    """What is wrong with the texts of a body; nothing if it is no JSON: others tell of that."""
    if not _ESCAPES.search(body):
        return []
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return [fault(("body", *place), text, IN_TEXT) for place, text in _bad(content)]


def faults_of_form(
    fields: Sequence[tuple[str, str]], names: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    """What is wrong with the texts of a form, and with the names of its files by their part."""
    return [*_faults("body", fields, IN_TEXT), *_faults("body", names, IN_LINE)]


def fault(place: _Place, text: str, wrong: re.Pattern[str]) -> dict[str, Any]:
    """A fault of the framework's form, with the first character that is wrong."""
    found = wrong.search(text)
    which = "" if found is None else f" U+{ord(found.group()):04X}"
    return {"type": "control_character", "loc": place, "msg": f"holds the control character{which}"}


def _faults(
    where: str, items: Sequence[tuple[str, str]], wrong: re.Pattern[str]
) -> list[dict[str, Any]]:
    """Faults of names and values."""
    return [
        fault((where, wrong.sub("?", name)), text, wrong)
        for name, value in items
        for text in (name, value)
        if wrong.search(text)
    ]


def _bad(content: Any) -> Iterator[tuple[_Place, str]]:
    """Places and texts of a value that hold control characters; keys are texts too."""
    waiting: list[tuple[_Place, Any]] = [((), content)]  # no recursion: the depth is the caller's
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            if IN_TEXT.search(value):
                yield place, value
        elif isinstance(value, list):
            waiting += [((*place, number), one) for number, one in enumerate(value)]
        elif isinstance(value, dict):
            keys = [((*place, IN_TEXT.sub("?", key)), key) for key in value]
            yield from (one for one in keys if IN_TEXT.search(one[1]))
            waiting += [(inside, value[key]) for inside, key in keys]
