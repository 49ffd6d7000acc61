"""The form of what a notice says: its fields from what was typed, and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from api.portal.forms import PortalForm
from api.portal.handling_form import read_codes, read_recipients
from api.portal.notice_inputs import INPUTS, Entry, Input

MOST_RECORDS = 200
"""The most warrants or assets that a notice can have."""

MOST_DIGITS = 12

WORDS = {"yes": True, "no": False}


def read_fields(form: PortalForm, allowed: Collection[str]) -> dict[str, Any]:
    """The fields of a notice that were filled in.

    What cannot be read as what it should be stays a text: the rules say what is wrong with it.
    """
    read = {name: _value(form, name, INPUTS[name]) for name in INPUTS if name in allowed}
    return {name: value for name, value in read.items() if value not in ("", [])}


def read_content(form: PortalForm, allowed: Collection[str]) -> dict[str, Any]:
    """What a notice says, by the names of `ContentOrder`."""
    return {
        "fields": read_fields(form, allowed),
        "person": form.one("about") or None,
        "language": form.one("language") or "en",
        "public_extract": form.one("public_extract") == "yes",
    }


def read_restriction(form: PortalForm) -> dict[str, Any]:
    """Who may see a notice, by the names of `RestrictionBody`."""
    return read_recipients(form)


def typed(value: Any, one: Input) -> str:
    """A value as it stands in its input."""
    if value is None:
        return ""
    if one.entry is Entry.YES_OR_NO:
        return {True: "yes", False: "no"}.get(value, str(value))
    if one.entry is Entry.COUNTRIES:
        return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    if one.entry is Entry.LIST:
        return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return str(value)


def _value(form: PortalForm, name: str, one: Input) -> Any:
    """What was typed for a field."""
    if one.entry is Entry.RECORDS:
        return _records(form, name, one.parts)
    text = form.one(name)
    read = _READ.get(one.entry)
    return text if read is None or not text else read(text)


def _records(form: PortalForm, name: str, parts: Mapping[str, Input]) -> list[dict[str, Any]]:
    """Records whose fields are named by a place: `assets.0.kind`; empty ones are left out."""
    typed_names = {key for key, value in form.fields if key.startswith(f"{name}.") and value}
    places = {key.split(".")[1] for key in typed_names}
    known = sorted(int(one) for one in places if one.isascii() and one.isdigit() and len(one) < 4)
    rows = [
        {part: _value(form, f"{name}.{place}.{part}", one) for part, one in parts.items()}
        for place in known[:MOST_RECORDS]
    ]
    return [{part: value for part, value in row.items() if value != ""} for row in rows]


def _lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _number(text: str) -> float | str:
    """A number; a comma may stand for the point."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _whole(text: str) -> int | str:
    """A whole number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else text


_READ: Mapping[Entry, Callable[[str], Any]] = {
    Entry.LIST: _lines,
    Entry.COUNTRIES: read_codes,
    Entry.COUNTRY: str.upper,
    Entry.YES_OR_NO: lambda text: WORDS.get(text, text),
    Entry.NUMBER: _number,
    Entry.WHOLE: _whole,
}
"""How what was typed becomes a value; other inputs hold texts."""
