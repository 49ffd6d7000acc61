"""Nothing is left untranslated, and nothing is said that cannot be translated."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

import api.portal
from api.portal.catalogues import extract, is_translated
from api.portal.languages import LANGUAGES
from api.portal.templating import EXTENSIONS
from api.portal.translations import read_catalogue

TEMPLATES = sorted((Path(api.portal.__file__).parent / "templates").rglob("*.html"))

TOLD = {"alt", "title", "aria-label", "placeholder", "aria-description"}
"""Attributes that people read or hear."""

WRITTEN = {"PNG", "UTC"}

CLASSES = re.compile(r"{% block body_class %}.*?{% endblock %}")
"""A block that holds no text for people."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """With all its plural forms, and none of them a guess."""
    known = read_catalogue(language)
    assert [one.id for one in known if one.id and not is_translated(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_catalogues(language: str) -> None:
    """Of templates and code; what is gone from them is gone there too."""
    known = {one.id for one in read_catalogue(language) if one.id}
    assert known == {one.id for one in extract() if one.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_name_the_same_values(language: str) -> None:
    """No form names a value that the text does not have."""
    for one in read_catalogue(language):
        texts = one.id if isinstance(one.id, tuple) else (one.id,)
        given = one.string if isinstance(one.string, tuple) else (one.string,)
        ours = {name for text in texts for name in re.findall(r"%\(\w+\)s", text)}
        theirs = {name for text in given for name in re.findall(r"%\(\w+\)s", text)}
        assert theirs <= ours, one.id
        assert ours == theirs or isinstance(one.id, tuple), one.id


class Bare(HTMLParser):
    """Gathers words that stand in a template as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.words += re.findall(r"[^\W\d_]{2,}", re.sub(r"/[\w/]+", "", data))  # no addresses

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Text in attributes."""
        for name, value in attrs:
            if name in TOLD:
                self.words += re.findall(r"[^\W\d_]{2,}", value or "")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_templates_hold_no_text_of_their_own(file: Path) -> None:
    """Whatever people read goes through a translation; what comes from a value is no literal."""
    source = CLASSES.sub("", file.read_text(encoding="utf-8"))
    reader, inside = Bare(), 0
    parts = []
    for _, kind, text in Environment(extensions=EXTENSIONS, autoescape=True).lex(source):
        if kind in ("variable_begin", "block_begin"):
            inside += 1
        if kind == "data" and not inside:
            parts.append(text)
        if kind in ("variable_end", "block_end"):
            inside -= 1
            parts.append("1")
    reader.feed("".join(parts))
    assert [word for word in reader.words if word not in WRITTEN] == []
    assert not re.search(r"[^\w]_\(\s*[^\"'\s]", source), "translate literals alone"
