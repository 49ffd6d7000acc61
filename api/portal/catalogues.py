"""Keeps the catalogues in step with the texts: `python -m api.portal.catalogues update`.

update   takes new texts into every catalogue and drops those that are gone
missing  tells, as JSON, what is not translated yet: the form that `add` takes
add      fills in translations of a JSON file: {"text": {"ar": "…", "fr": "…", "es": "…"}}, each a
         list of all plural forms where the text has them
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from api.portal.languages import LANGUAGES
from api.portal.translations import FOLDER, catalogue_file, read_catalogue

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "encoding": "utf-8"}}

PASSING = (b'"POT-Creation', b'"PO-Revision', b'"Last-Trans', b'"Language-Team', b'"Report-Msgid')
"""Lines of the header that would differ every time, or say nothing."""

app = typer.Typer(add_completion=False, help=__doc__)


def extract() -> Catalog:
    """All texts of templates and code, without translations."""
    found = Catalog(project="whorl", charset="utf-8")
    rows = extract_from_dir(
        str(Path(__file__).parent), METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _, message, comments, context in rows:
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


@app.command()
def update() -> None:
    """Take new texts into every catalogue and drop those that are gone."""
    wanted = extract()
    with _alone():
        for code in LANGUAGES:
            known = read_catalogue(code) if catalogue_file(code).exists() else Catalog(code)
            # A copy: catalogues take the messages themselves, and fill them in.
            known.update(deepcopy(wanted), no_fuzzy_matching=True)
            known.obsolete.clear()
            if code == "en":
                _fill_with_itself(known)
            _write(code, known)


@app.command()
def missing() -> None:
    """Tell what is not translated yet."""
    todo: dict[str, dict[str, Any]] = {}
    for code in LANGUAGES:
        known = read_catalogue(code)
        for message in known:
            if message.id and not is_translated(message):
                text, forms = message.id, known.num_plurals
                one = text if isinstance(text, str) else text[0]
                todo.setdefault(one, {})[code] = "" if isinstance(text, str) else [""] * forms
    typer.echo(json.dumps(todo, ensure_ascii=False, indent=1))


@app.command()
def add(file: Annotated[Path, typer.Argument(help="JSON, as `missing` writes it.")]) -> None:
    """Fill in translations; texts that no catalogue has are named and left out."""
    given: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    with _alone():
        known = {code: read_catalogue(code) for code in LANGUAGES}
        for text, by_language in given.items():
            for code, translated in by_language.items():
                message = known[code].get(text)
                if message is None:
                    typer.echo(f"not in the catalogues: {text}", err=True)
                else:
                    message.string = (
                        translated if message.pluralizable is False else tuple(translated)
                    )
        for code, catalogue in known.items():
            _write(code, catalogue)


def is_translated(message: Any) -> bool:
    """Whether a message has all its forms."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(forms) and all(forms) and not message.fuzzy


def _fill_with_itself(english: Catalog) -> None:
    """Texts are written in English."""
    for message in english:
        if message.id:
            message.string = message.id


def _write(code: str, catalogue: Catalog) -> None:
    """Write a catalogue in a form that changes no more than the texts do."""
    file = catalogue_file(code)
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue.fuzzy, catalogue.header_comment = False, f"# The portal in {code}."
    catalogue.project, catalogue.version = "whorl", "1"
    text = BytesIO()
    write_po(text, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = text.getvalue().splitlines(keepends=True)
    file.write_bytes(b"".join(line for line in lines if not line.startswith(PASSING)))


@contextmanager
def _alone() -> Iterator[None]:
    """While no other process writes the catalogues."""
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    app()
