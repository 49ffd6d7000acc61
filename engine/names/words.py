"""Text to words that can be looked up: cut, made plain, in every form that readers may type."""

from __future__ import annotations

import unicodedata

from engine.names.scripts import plain, romanise

LONGEST = 64
"""Letters of a word that count."""

_ARTICLES = ("وال", "بال", "كال", "ال", "لل")
"""Arabic writes the article, and what stands before it, onto the word."""

_SHORTEST_STEM = 3

_JOINING = "'\u2019\u02bf\u02be"
"""Apostrophes, and the half rings that stand for ayn and hamza."""


def cut(text: str) -> list[str]:
    """The words of a text: runs of letters, marks and digits. An apostrophe joins: O'Neill."""
    joined = "".join(sign for sign in text if sign not in _JOINING)
    spaced = "".join(sign if sign.isalnum() or _is_mark(sign) else " " for sign in joined)
    return spaced.split()


def _is_mark(sign: str) -> bool:
    """Whether a sign belongs to the letter before it: an accent or a vowel sign."""
    return unicodedata.combining(sign) != 0


def without_article(word: str) -> str:
    """An Arabic word without its article; any other word as it is."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM:
            return word[len(article) :]
    return word


def word_keys(text: str) -> set[str]:
    """Every form under which the words of a text are found."""
    found: set[str] = set()
    for word in map(plain, cut(text)):
        found |= {word[:LONGEST], without_article(word)[:LONGEST], romanise(word)[:LONGEST]}
    return found - {""}


def query_words(text: str) -> list[str]:
    """The words that somebody looks for, in order, each once."""
    found = (without_article(plain(word))[:LONGEST] for word in cut(text))
    return list(dict.fromkeys(word for word in found if word))
