"""Finding notices by facts, names and words, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.errors import BadRequest, Conflict, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.notice_query import NoticeFilter, Page
from engine.noticeboard.acting import Target
from engine.noticeboard.correcting import correct
from engine.noticeboard.importing import publish_notices
from engine.noticeboard.reading import list_notices
from engine.noticeboard.translating import translate
from engine.notices import Colour, Kind, Notice, NoticeStatus
from notice_support import OWNER, READER, SECRETARY, WARRANT, content, find, publish

TODAY = date(2026, 6, 1)

PEOPLE: dict[str, dict[str, Any]] = {
    "2024/1": {"name": "TESTOVA", "forename": "NEMESTA", "date_of_birth": "1980/06/01"},
    "2024/2": {"name": "القحطاني", "forename": "يوسف", "date_of_birth": "1990"},
    "2024/3": {"name": "Щербаков", "forename": "Евгений", "nationalities": ["RU", "914"]},
    "2024/4": {"name": "TESTOWA", "sex_id": "F", "aliases": ["Dummy Muster"]},
    "2024/5": {"name": "O'SAMPLE", "arrest_warrants": [{**WARRANT, "issuing_country_id": "BR"}]},
    "2024/6": {"name": "100%", "description": "Señas: un tatuaje de tréboles."},
    "2024/7": {"name": "Straße", "description": "مطلوب في قضية الاحتيال"},
}


@pytest.fixture
def people(gallery: Gallery) -> Gallery:
    """The gallery with people of four scripts."""
    notices = [
        Notice(Colour.RED if "arrest_warrants" in said else Colour.BLUE, number, "FR", fields=said)
        for number, said in PEOPLE.items()
    ]
    assert publish_notices(gallery.catalogue, notices, OWNER) == []
    return gallery


def ask(gallery: Gallery, **wanted: Any) -> list[str]:
    """Last digits of the notices that are found, in their order."""
    page = Page(0, 50, TODAY)
    found, total = list_notices(gallery.catalogue, NoticeFilter(**wanted), page, READER)
    assert total == len(found)
    return [file.notice.entity_id[-1] for file in found]


NAMES: list[tuple[dict[str, Any], list[str]]] = [
    ({"name": "testova"}, ["1", "4"]),
    ({"name": "testova", "exact": True}, ["1"]),
    ({"name": "tsetova", "exact": True}, []),
    ({"name": "tsetova"}, ["1"]),
    ({"name": "TEST"}, ["4", "1"]),
    ({"name": "al-Qahtani"}, ["2"]),
    ({"name": "Alkahtani", "forename": "Yusuf"}, ["2"]),
    ({"name": "القحطاني"}, ["2"]),
    ({"name": "قحطاني"}, ["2"]),
    ({"forename": "يُوسُف"}, ["2"]),
    ({"forename": "Youssef"}, ["2"]),
    ({"name": "Shcherbakov"}, ["3"]),
    ({"name": "ЩЕРБАКОВ", "forename": "Yevgeny"}, ["3"]),
    ({"name": "osample"}, ["5"]),
    ({"name": "O\u2019Sample"}, ["5"]),
    ({"name": "strasse"}, ["7"]),
    ({"name": "muster dummy"}, ["4"]),
    ({"forename": "dummy"}, ["4"]),
    ({"name": "100"}, ["6"]),
    ({"name": "%"}, []),
    ({"name": "_"}, []),
    ({"name": ".*"}, []),
    ({"name": "^....$"}, []),
    ({"name": ""}, []),
    ({"name": "testova nemesta"}, []),
]


def test_names(people: Gallery) -> None:
    """In any script, with slips and as beginnings; those spelt as given first; no pattern."""
    for wanted, expected in NAMES:
        assert ask(people, **wanted) == expected, wanted


FACTS: list[tuple[dict[str, Any], list[str]]] = [
    ({"nationality": "914"}, ["3"]),
    ({"nationality": "FR"}, []),
    ({"warrant": "BR"}, ["5"]),
    ({"sex": "F"}, ["4"]),
    ({"sex": "U"}, ["7", "6", "5", "3", "2", "1"]),
    ({"colour": Colour.RED}, ["5"]),
    ({"kind": Kind.DIFFUSION}, []),
    ({"age_min": 46, "age_max": 46}, ["1"]),
    ({"age_min": 47}, []),
    ({"age_max": 36}, ["2"]),
    ({"age_max": 35}, ["2"]),
    ({"age_max": 34}, []),
    ({"age_min": 36, "age_max": 40}, ["2"]),
]


def test_facts(people: Gallery) -> None:
    """A year of birth may be any of two ages; who has no date of birth has no age."""
    for wanted, expected in FACTS:
        assert ask(people, **wanted) == expected, wanted


WORDS: list[tuple[str, list[str]]] = [
    ("tatuaje", ["6"]),
    ("TREBOLES senas", ["6"]),
    ("tatu", ["6"]),
    ("ta", []),
    ("tatuaje painting", []),
    ("painting exist", ["5"]),
    ("tableau", ["5"]),
    ("احتيال", ["7"]),
    ("الإحتيال", ["7"]),
    ("testova", ["1"]),
    ("FR", []),
    ("' OR 1=1 --", []),
    ("*", []),
]


def test_words(people: Gallery) -> None:
    """All of them, anywhere in the notice, with or without accents and articles; no codes."""
    for words, expected in WORDS:
        assert ask(people, words=words) == expected, words


def test_words_of_translations_are_found(gallery: Gallery) -> None:
    """In every language that a notice has; and no more once they are corrected away."""
    file = publish(gallery)
    texts = {"description": "Localisation recherchée."}
    translate(gallery.catalogue, Target(file.key), "fr", texts, SECRETARY)
    last = file.notice.entity_id[-1]
    assert ask(gallery, words="recherchee localisation") == [last]
    assert ask(gallery, words="whereabouts") == [last]
    new = content(description="Seen elsewhere.", name="OTHER")
    correct(gallery.catalogue, Target(file.key), new, "Wrong.", OWNER)
    assert ask(gallery, words="elsewhere") == ask(gallery, name="other") == []
    find(gallery, file)
    assert ask(gallery, words="elsewhere") == ask(gallery, name="other") == [last]
    assert ask(gallery, words="recherchee") == ask(gallery, name="tameshi") == []


def test_un_notices_by_reference_and_resolution(gallery: Gallery) -> None:
    """Whole, whatever the case."""
    file = publish(gallery, Colour.UN)
    last = file.notice.entity_id[-1]
    assert ask(gallery, un_reference="fxE.001") == ask(gallery, un_resolution=9999) == [last]
    assert ask(gallery, un_reference="FXe.00") == ask(gallery, un_resolution=999) == []


def test_too_many_words_are_refused(gallery: Gallery) -> None:
    """Each would be a look into the index."""
    many = "a b c d e f g h i j k"
    for wanted in ({"words": many}, {"name": many}, {"forename": many}):
        with pytest.raises(BadRequest, match="words are too many"):
            ask(gallery, **wanted)


def test_bad_notices_are_refused_one_by_one(gallery: Gallery) -> None:
    """A duplicate, one about nobody, a field of another colour, an impossible status."""
    good = Notice(Colour.RED, "2024/1", "FR")
    nobody = Notice(Colour.RED, "2024/2", "FR", person_id="ghost")
    strange = Notice(Colour.BLACK, "2024/3", "FR", fields={"name": "TESTOVA"})
    sent = Notice(Colour.BLUE, "2024/4", "FR", NoticeStatus.CIRCULATED)
    refused = publish_notices(gallery.catalogue, [good, good, nobody, strange, sent], OWNER)
    assert [type(error) for _, error in refused] == [Conflict, NotFound, BadRequest, BadRequest]
