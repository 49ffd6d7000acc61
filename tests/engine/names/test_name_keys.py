"""Names across scripts and spellings."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from engine.names.likeness import groups_shared, is_near, letter_groups, slips_allowed
from engine.names.name_keys import foreign_keys, keys_elsewhere, name_words
from engine.names.scripts import plain, romanise
from engine.names.words import query_words, word_keys

ALIKE = [
    ("محمد", "Mohammed", "Muhamad", "Mohamed"),
    ("عبدالله", "Abdullah", "Abdallah"),
    ("يوسف", "Youssef", "Yusuf", "Юсуф"),
    ("القحطاني", "Al-Qahtani", "Alqahtani", "al Qahtani"),
    ("جمال", "Gamal", "Djamel", "Jamal"),
    ("وليد", "Walid", "Oualid"),
    ("شريف", "Cherif", "Sherif"),
    ("Чайковский", "Tchaikovsky", "Chaykovskiy"),
    ("Евгений", "Yevgeny", "Evgenii"),
    ("Щербаков", "Shcherbakov"),
    ("Παπαδόπουλος", "Papadopoulos"),
]
"""Spellings of one name; the first is not in Latin letters."""


def keys(name: str) -> set[str]:
    """Keys by which others find a name."""
    return foreign_keys(name_words(name))


def sought(name: str) -> set[str]:
    """Keys that one looks for who writes the name so."""
    return {key for word in name_words(name) for key in keys_elsewhere(word)}


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[1])
def test_a_name_is_found_in_another_script(names: tuple[str, ...]) -> None:
    """Both ways: from Latin letters and into them."""
    for latin in names[1:]:
        assert keys(names[0]) & sought(latin), latin
        assert keys(latin) & sought(names[0]), latin


def test_other_names_are_other_keys() -> None:
    """The names of the list do not meet each other."""
    for one, other in combinations([names[0] for names in ALIKE], 2):
        skeletons = {key.split(":")[1] for key in keys(one)}
        assert not skeletons & {key.split(":")[1] for key in keys(other)}, (one, other)


def test_within_a_script_skeletons_do_not_count() -> None:
    """Hamid is not Ahmed, though an Arabic reader might mix their consonants."""
    assert not keys("Hamid") & sought("Hamid")


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Müller", "muller"),
        ("ŁUKASZ", "lukasz"),
        ("Strauß", "strauss"),
        ("IŞIK", "isik"),
        ("İpek", "ipek"),
        ("O\u2019Neill", "oneill"),
        ("مُحَمَّد", "mhmd"),
        ("Ёлкин", "elkin"),
    ],
)
def test_accents_and_case_do_not_matter(name: str, latin: str) -> None:
    """Whoever types may leave them out."""
    assert [word.latin for word in name_words(name)] == [latin]


def test_articles_are_left_out_unless_alone() -> None:
    """Latin letters set them apart; a name of nothing else keeps them."""
    assert [word.latin for word in name_words("Al-Sampli")] == ["sampli"]
    assert [word.latin for word in name_words("El")] == ["el"]


@given(st.text(max_size=40))
def test_any_text_has_keys_or_none(text: str) -> None:
    """No text breaks the tables, and what is plain or Latin once is so again."""
    assert plain(plain(text)) == plain(text)
    assert romanise(romanise(text)) == romanise(text)
    assert all(len(key) <= 80 for key in word_keys(text) | keys(text))
    assert "" not in set(query_words(text))


LETTERS = st.text("abcdefgh", min_size=1, max_size=12)


@given(LETTERS, LETTERS)
def test_no_near_word_is_missed(word: str, other: str) -> None:
    """Words within the slips share the letter groups that are asked for."""
    if is_near(word, other):
        assert OSA.distance(word, other) <= slips_allowed(word)
        if slips_allowed(word):
            assert len(letter_groups(word) & letter_groups(other)) >= groups_shared(word)
        else:
            assert word == other


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("testova", "tsetova", True),
        ("testova", "testowa", True),
        ("testova", "tostowa", False),
        ("mustermensch", "musternemsch", True),
        ("anna", "anne", False),
        ("essai3", "essai4", False),
    ],
)
def test_slips_are_allowed_by_length(word: str, other: str, near: bool) -> None:
    """One from five letters, two from eight; none in short words and numbers."""
    assert is_near(word, other) is near


def test_words_are_found_with_and_without_article() -> None:
    """Arabic writes it onto the word; vowel signs and forms of alef are left out."""
    assert query_words("الاحتيال") == ["احتيال"]
    assert {"الاحتيال", "احتيال"} <= word_keys("الِاحتيال")
    assert "tresor" in word_keys("Trésor")
