"""The keys under which a name is found: as it is written in Latin letters, and by its consonants.

Arabic writes no short vowels and every country spells its names in its own way, so names of
different scripts are compared by a skeleton of consonants in which sounds that are spelt alike
somewhere are one. Within one script the letters themselves are compared, allowing for slips.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.names.scripts import SCRIPTS, plain, romanise, script_of
from engine.names.words import LONGEST, cut, without_article

PARTICLES = frozenset({"al", "el", "ul"})
"""Articles that Latin spelling sets apart, and Arabic does not."""

_SOUNDS = (
    ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "z"),
    ("dj", "g"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ts", "s"),
    ("tz", "s"), ("ck", "k"), ("ks", "k"), ("x", "k"), ("q", "k"), ("c", "k"), ("j", "g"),
    ("v", "f"), ("p", "b"), ("z", "s"),
)  # fmt: skip
"""Spellings of sounds that languages do not tell apart in the same way; the longest first."""

_FIRST_W = re.compile(r"^ou(?=[aei])")  # Ouali is Wali
_FIRST_VOWEL = re.compile(r"^[aeiouy]+")
_WEAK = re.compile(r"[aeiouyw']")
_DOUBLE = re.compile(r"(.)\1+")

SHORTEST_SKELETON = 2
"""One consonant would be like too many names."""


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name.

    Attributes:
        latin: in small Latin letters without accents.
        script: that it was written in.
        skeletons: its consonants; more than one where an article may be part of it.
    """

    latin: str
    script: str
    skeletons: frozenset[str]


def name_words(text: str) -> list[NameWord]:
    """The words of a name, each once; articles are left out unless there is nothing else."""
    words = list(dict.fromkeys(_word(one) for one in cut(text)))
    words = [word for word in words if word.latin]
    return [word for word in words if word.latin not in PARTICLES] or words


def _word(text: str) -> NameWord:
    """One word with its keys."""
    bare = without_article(plain(text))
    latin = romanise(text if bare == plain(text) else bare)[:LONGEST]
    script = script_of(text)
    forms = {latin, re.sub(r"^[aeu]l(?=.{4})", "", latin)} if script == "latin" else {latin}
    found = {skeleton(form) for form in forms} if script in SCRIPTS else set()
    return NameWord(latin, script, frozenset(s for s in found if len(s) >= SHORTEST_SKELETON))


def skeleton(latin: str) -> str:
    """The consonants of a word in small Latin letters, with a sign for a vowel at its start."""
    word = _FIRST_W.sub("w", latin)
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    first = "a" if _FIRST_VOWEL.match(word) else word[:1]
    rest = _FIRST_VOWEL.sub("", word) if first == "a" else word[1:]
    return _DOUBLE.sub(r"\1", first + _WEAK.sub("", rest).removesuffix("h"))


def foreign_keys(words: Iterable[NameWord]) -> set[str]:
    """Keys of these words for those who look for them in another script."""
    return {f"{word.script}:{one}" for word in words for one in word.skeletons}


def keys_elsewhere(word: NameWord) -> set[str]:
    """Keys that the word may have where it was written in another script."""
    others = [script for script in SCRIPTS if script != word.script]
    return {f"{script}:{one}" for script in others for one in word.skeletons}
