"""Notices in JSON files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.notices import Notice, parse_notice


def read_notices(file: Path) -> Iterator[Notice]:
    """The notices of a JSON file.

    Raises:
        BadInput: it cannot be read, or is no list of notices.
    """
    rows = _read_json(file)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput(f"{file}: is no list of notices")
    return map(parse_notice, rows)


def read_object(file: Path) -> Mapping[str, Any]:
    """The one notice of a JSON file.

    Raises:
        BadInput: it cannot be read, or is no notice.
    """
    row = _read_json(file)
    if not isinstance(row, dict):
        raise BadInput(f"{file}: is no notice")
    return row


def _read_json(file: Path) -> Any:
    """What a JSON file holds.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{file}: {error}") from error
