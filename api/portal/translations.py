"""The catalogues of the portal, compiled in memory from their text form."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "locale"


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return FOLDER / language / "LC_MESSAGES" / "portal.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language, as its file says.

    Raises:
        PoFileError: the file is malformed.
    """
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translations_of(language: str) -> gettext.GNUTranslations:
    """The translations of a language, ready to be asked."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
