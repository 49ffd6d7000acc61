"""The templates: one environment a language, strict about what they are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.portal import evidence, formats, places_and_days
from api.portal.drawn_marks import marks
from api.portal.languages import LANGUAGES
from api.portal.static_files import load_static_files
from api.portal.translations import translations_of
from api.portal.words import TABLES

EXTENSIONS = ("jinja2.ext.i18n",)


@cache
def environment_of(language: str) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=PackageLoader("api.portal"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=EXTENSIONS,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    translations = translations_of(language)
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(_filters(language, translations.gettext))
    made.globals.update(static=load_static_files().url, languages=LANGUAGES)
    made.globals.update(choices=partial(_choices, translations.gettext))
    return made


def _filters(language: str, translate: Callable[[str], str]) -> Mapping[str, Callable[..., Any]]:
    """Filters that depend on the language, and those that look up what is translated."""
    return {
        "number": partial(_last, formats.number, language),
        "percent": partial(_last, formats.percent, language),
        "day": partial(_last, formats.day, language),
        "moment": partial(_last, formats.moment, language),
        "machine_time": formats.machine_time,
        "one_in": partial(_last, evidence.one_in, language),
        "support": lambda value: translate(evidence.support(value)),
        "country": partial(_last, places_and_days.country, language),
        "tongue": partial(_last, places_and_days.tongue, language),
        "partial_day": partial(_last, places_and_days.partial_day, language),
        "moment_of": datetime.fromisoformat,
        "tr": translate,
        "options": lambda table: [(code, translate(text)) for code, text in table.items()],
        "marks": marks,
        "word": partial(_word, translate),
    }


def _last(form: Callable[..., str], language: str, value: Any, *more: Any) -> str:
    """A format with its language in the second place."""
    return form(value, language, *more)


def _word(translate: Callable[[str], str], value: object, table: str) -> str:
    """What people read for a value of a table; a value that the table lacks stays as it is."""
    known = TABLES[table].get(str(value))
    return str(value) if known is None else translate(known)


def _choices(translate: Callable[[str], str], table: str) -> list[tuple[str, str]]:
    """All values of a table with what people read for them, for a list to choose from."""
    return [(value, translate(text)) for value, text in TABLES[table].items()]
