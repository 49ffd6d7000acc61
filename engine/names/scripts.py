# ruff: noqa: RUF001 - letters of other scripts are what this file is about
"""Letters of other scripts in Latin ones, letter by letter, as passports do it.

Sources: ICAO Doc 9303-3 section 6 (Latin letters with no decomposition, Cyrillic, Arabic), with the
Arabic letters that ICAO writes with X in their usual English form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LATIN: Mapping[str, str] = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss",
    "ı": "i", "ħ": "h", "ŋ": "n", "ə": "a", "ŧ": "t",
}  # fmt: skip

CYRILLIC: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i",
    "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip

GREEK: Mapping[str, str] = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip

ARABIC: Mapping[str, str] = {
    "ا": "a", "آ": "a", "أ": "a", "إ": "i", "ء": "", "ؤ": "u", "ئ": "i", "ب": "b", "ت": "t",
    "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh",
    "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w",
    "ي": "y", "ى": "a", "ـ": "", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ک": "k", "ی": "y",
}  # fmt: skip

_TABLES: Mapping[str, Mapping[str, str]] = {
    "cyrillic": CYRILLIC,
    "greek": GREEK,
    "arabic": ARABIC,
}

SCRIPTS = ("latin", *_TABLES)
"""Scripts whose names are compared with each other's."""

_LETTERS: Mapping[str, str] = {**LATIN, **CYRILLIC, **GREEK, **ARABIC}
_SCRIPT_OF: Mapping[str, str] = {
    letter: script for script, table in _TABLES.items() for letter in table
}


def script_of(word: str) -> str:
    """The script of a word, by its first letter that tells; `other` if none of ours."""
    for letter in word.casefold():
        if letter in _SCRIPT_OF:
            return _SCRIPT_OF[letter]
        if "LATIN" in unicodedata.name(letter, ""):
            return "latin"
    return "other"


def plain(text: str) -> str:
    """Small letters without accents, each in its own script.

    Whoever types a name or a word may leave out accents, Arabic vowel signs and the forms of alef.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept.replace("ـ", "").casefold())


def romanise(text: str) -> str:
    """Small Latin letters without accents, as far as the tables go."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    latin = "".join(_LETTERS.get(sign, sign) for sign in composed)
    return "".join(_LETTERS.get(sign, sign) for sign in plain(latin))
