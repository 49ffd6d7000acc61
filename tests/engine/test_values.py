"""Reading fingers, regions, bureaus, persons and notices from words."""

from __future__ import annotations

from importlib.metadata import packages_distributions

import pytest

from engine.errors import BadRequest
from engine.fingers import Finger, Impression, parse_finger, parse_impression
from engine.members import bureaus, find_bureau, parse_regions, regions
from engine.notices import Colour, parse_colour, parse_entity_id, parse_notice
from engine.persons import Person, PersonStatus, check_person, parse_status


@pytest.mark.parametrize("text", ["right_index", "Right Index", "RIGHT-INDEX", "2"])
def test_fingers_are_read_by_name_and_code(text: str) -> None:
    """Case and separators do not matter."""
    assert parse_finger(text) is Finger.RIGHT_INDEX


def test_no_finger_is_unknown() -> None:
    """Nothing stated is the code 0; a plain live print is the usual impression."""
    assert parse_finger(None) is parse_finger(" ") is Finger.UNKNOWN
    assert parse_impression("") is Impression.LIVE_PLAIN
    assert parse_impression("latent lift") is parse_impression("7") is Impression.LATENT_LIFT


@pytest.mark.parametrize("text", ["toe", "11", "-1"])
def test_unknown_fingers_are_refused(text: str) -> None:
    """The message names the value and what is known."""
    with pytest.raises(BadRequest, match=f"unknown finger '{text}'; known are: .*right_thumb"):
        parse_finger(text)


def test_there_are_196_bureaus_in_five_regions() -> None:
    """The members' list is whole; NA is Namibia and not a missing value."""
    assert len(bureaus()) == 196
    assert len(regions()) == 5
    assert find_bureau("na").name == "Namibia"
    assert find_bureau("CH").languages == ("fr",)


def test_regions_are_read_by_the_beginning_of_their_names() -> None:
    """Several with commas; all and nothing mean every region."""
    assert parse_regions("europe, asia") == ("Asia & South Pacific", "Europe")
    assert parse_regions("all") == parse_regions(None) == regions()


@pytest.mark.parametrize("text", ["Atlantis", "A", "Europe,,Africa"])
def test_unknown_or_ambiguous_regions_are_refused(text: str) -> None:
    """The message lists the regions."""
    with pytest.raises(BadRequest, match="unknown region .* known are: Africa, Americas"):
        parse_regions(text)


@pytest.mark.parametrize(
    ("person", "fault"),
    [
        (Person("../x", "FR"), "person id"),
        (Person("", "FR"), "person id"),
        (Person("P", "FR", sex="X"), "sex 'X'"),
        (Person("P", "FR", date_of_birth="12.3.1980"), "date of birth"),
    ],
)
def test_malformed_persons_are_refused(person: Person, fault: str) -> None:
    """The message names the field."""
    with pytest.raises(BadRequest, match=fault):
        check_person(person)


def test_dates_keep_their_precision() -> None:
    """A year, a month or a day of birth."""
    for date in ("1980", "1980/02", "1980/02/29", ""):
        assert check_person(Person("P", "FR", date_of_birth=date)).date_of_birth == date


def test_statuses_and_colours_are_closed_lists() -> None:
    """Unknown words are refused."""
    assert parse_status("Witness") is PersonStatus.WITNESS
    assert parse_status("") is PersonStatus.OTHER
    assert parse_colour("Red") is Colour.RED
    with pytest.raises(BadRequest, match="unknown person status"):
        parse_status("guilty")
    with pytest.raises(BadRequest, match="unknown notice colour"):
        parse_colour("pink")


def test_notice_ids_are_read_with_slash_and_dash() -> None:
    """The dash of URLs and the slash of files are one."""
    assert parse_entity_id("2024-123") == parse_entity_id("2024/123") == "2024/123"
    for bad in ("24/1", "2024", "2024/1; DROP", "2024//1"):
        with pytest.raises(BadRequest, match="not of the form"):
            parse_entity_id(bad)


def test_a_notice_keeps_all_its_fields() -> None:
    """What has no column of its own stays among the fields."""
    notice = parse_notice(
        {"colour": "red", "entity_id": "2024-5", "ncb": "FR", "person": "P1", "height": 1.8}
    )
    assert (notice.person_id, notice.fields, notice.entity_id) == ("P1", {"height": 1.8}, "2024/5")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"colour": "red", "ncb": "FR"}, "missing entity_id"),
        ({"colour": "red", "ncb": "FR", "entity_id": "2024/1", "status": "NEW"}, "unknown status"),
    ],
)
def test_malformed_notices_are_refused(row: dict[str, str], fault: str) -> None:
    """The message names the field."""
    with pytest.raises(BadRequest, match=fault):
        parse_notice(row)


def test_no_other_distribution_claims_our_rooms() -> None:
    """The rooms have everyday names; what is imported under them is ours."""
    claims = packages_distributions()
    for room in ("engine", "indexer", "api"):
        assert set(claims[room]) == {"whorl"}
