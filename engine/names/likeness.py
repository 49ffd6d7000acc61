"""Words that differ by slips of the pen: found by shared letter groups, judged by edit distance.

A slip (a letter put in, left out, changed, or two swapped) touches at most four of a word's letter
groups. So words that are near share all but four groups a slip, and a database that knows each
word's groups finds every near word without looking at all (the q-gram lemma: Ukkonen 1992).
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

GROUP = 3
_TOUCHED = 4
"""Groups of three letters that two swapped letters are part of."""


def slips_allowed(word: str) -> int:
    """Slips that leave a word recognisable; numbers and short words must be right."""
    if len(word) < 5 or any(sign.isdigit() for sign in word):
        return 0
    return 1 if len(word) < 8 else 2


def letter_groups(word: str) -> frozenset[str]:
    """All groups of three letters that follow each other, with marks for start and end."""
    padded = f"^^{word}$$"
    return frozenset(padded[i : i + GROUP] for i in range(len(padded) - GROUP + 1))


def groups_shared(word: str) -> int:
    """Groups that a near word shares with this one, at least."""
    return max(1, len(letter_groups(word)) - _TOUCHED * slips_allowed(word))


def is_near(word: str, other: str) -> bool:
    """Whether two words differ by no more slips than the first allows."""
    slips = slips_allowed(word)
    return OSA.distance(word, other, score_cutoff=slips) <= slips
