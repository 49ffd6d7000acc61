"""The rules of each colour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadRequest
from engine.notices import Colour, Notice
from engine.notices.checking import check_form, check_request, form_faults, request_faults
from engine.notices.fields import FIELDS
from engine.notices.rules import RULES
from engine.persons import PersonStatus
from notice_support import FIELDS as COMPLETE
from notice_support import WARRANT


def make(colour: Colour, **fields: Any) -> Notice:
    """A complete notice with other fields; None leaves one out."""
    said = {**COMPLETE[colour], **fields}
    kept = {name: value for name, value in said.items() if value is not None}
    return Notice(colour, "2024/1", "FR", fields=kept, public_extract=colour is Colour.UN)


@pytest.mark.parametrize("colour", Colour)
def test_a_complete_request_is_taken(colour: Colour) -> None:
    """One of each colour."""
    check_request(make(colour), None)


@pytest.mark.parametrize(
    ("colour", "field"),
    [(colour, name) for colour in Colour for name in sorted(RULES[colour].required)],
)
def test_a_required_field_is_missed(colour: Colour, field: str) -> None:
    """Its name is told, and the draft without it is still a draft."""
    notice = make(colour, **{field: None})
    check_form(notice)
    assert f"{field}: is missing" in request_faults(notice)


@given(st.sampled_from(Colour), st.sampled_from(sorted(FIELDS)))
def test_a_field_has_its_place_or_none(colour: Colour, field: str) -> None:
    """A field that a colour does not have is refused in a draft already."""
    told = any("has no place" in fault for fault in form_faults(make(colour, **{field: "x"})))
    assert told or field in RULES[colour].allowed


@pytest.mark.parametrize(
    ("colour", "field", "value"),
    [
        (Colour.BLACK, "name", "TESTOVA"),
        (Colour.YELLOW, "arrest_warrants", [WARRANT]),
        (Colour.PURPLE, "date_of_birth", "1980"),
        (Colour.UN, "date_of_birth", "1980"),
        (Colour.ORANGE, "forename", "NEMESTA"),
        (Colour.SILVER, "height", 1.8),
        (Colour.RED, "assets", [{"kind": "vehicle", "description": "A yacht."}]),
    ],
)
def test_forbidden_fields(colour: Colour, field: str, value: object) -> None:
    """A body has no name, an entity no birthday, a threat by an object no forename."""
    with pytest.raises(BadRequest, match=f"{field}: has no place in a"):
        check_form(make(colour, **{field: value}))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"maximum_penalty_months": 23}, "no offence is grave enough"),
        ({"maximum_penalty_months": None}, "no offence is grave enough"),
        ({"wanted_for": "sentence", "remaining_sentence_months": 5}, "no offence is grave enough"),
        ({"charge_translation": None}, "arrest_warrants.0.charge_translation: is missing"),
        ({"number": None}, "arrest_warrants.0.number: is missing"),
        ({"issued_on": None}, "arrest_warrants.0.issued_on: is missing"),
    ],
)
def test_a_red_notice_needs_a_warrant_for_a_grave_offence(change: dict, fault: str) -> None:
    """Two years at most for prosecution, six months left to serve; the charge in English."""
    with pytest.raises(BadRequest, match=fault):
        check_request(make(Colour.RED, arrest_warrants=[{**WARRANT, **change}]), None)


@pytest.mark.parametrize(
    "change",
    [
        {"maximum_penalty_months": 24},
        {"wanted_for": "sentence", "remaining_sentence_months": 6},
        {"charge_language": "en", "charge_translation": None},
    ],
)
def test_thresholds_are_met_where_they_begin(change: dict) -> None:
    """Exactly two years and exactly six months are grave; English needs no translation."""
    check_request(make(Colour.RED, arrest_warrants=[{**WARRANT, **change}]), None)


def test_one_grave_offence_is_enough() -> None:
    """A lesser one may stand beside it."""
    lesser = {**WARRANT, "maximum_penalty_months": 3}
    check_request(make(Colour.RED, arrest_warrants=[lesser, WARRANT]), None)


@pytest.mark.parametrize(
    ("colour", "status"),
    [
        (Colour.RED, PersonStatus.WITNESS),
        (Colour.RED, PersonStatus.MISSING),
        (Colour.GREEN, PersonStatus.VICTIM),
        (Colour.YELLOW, PersonStatus.UNKNOWN_BODY),
        (Colour.BLACK, PersonStatus.CONVICTED),
    ],
)
def test_whom_a_notice_cannot_be_about(colour: Colour, status: PersonStatus) -> None:
    """No arrest of a witness, no search for a body, no named body."""
    with pytest.raises(BadRequest, match=f"cannot be about a person of status {status}"):
        check_request(make(colour), status)


def test_a_red_notice_promises_extradition() -> None:
    """Without the promise it is refused."""
    with pytest.raises(BadRequest, match="promise to seek extradition"):
        check_request(make(Colour.RED, extradition_sought=False), None)


@pytest.mark.parametrize(
    ("colour", "extract", "fault"),
    [(Colour.UN, False, "UN notice must have one"), (Colour.SILVER, True, "must not have one")],
)
def test_what_is_always_or_never_public(colour: Colour, extract: bool, fault: str) -> None:
    """UN notices are, Silver notices are not."""
    with pytest.raises(BadRequest, match=fault):
        check_request(replace(make(colour), public_extract=extract), None)


def test_a_person_under_sanctions_has_no_legal_form() -> None:
    """What an entity has, a person has not."""
    person = {"subject": "person", "legal_form": "Ltd"}
    with pytest.raises(BadRequest, match="legal_form: has no place in a UN notice"):
        check_form(make(Colour.UN, **person))


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("date_of_birth", "1980/02/30", "is no date"),
        ("date_of_birth", "25.1.1980", "is no date"),
        ("nationalities", ["Moldova"], "0: is no country code"),
        ("nationalities", [], "is no list"),
        ("height", -1, "is no number"),
        ("height", True, "is no number"),
        ("weight", "63", "is no number"),
        ("sex_id", "X", "is none of M, F, U"),
        ("description", " ", "is no text"),
        ("description", "a\x00b", "holds control characters"),
        ("description", "x" * 20_001, "is longer than"),
        ("aliases", ["x"] * 201, "has more than 200 members"),
        ("shoe_size", 43, "there is no such field"),
    ],
)
def test_malformed_values_are_named(field: str, value: object, fault: str) -> None:
    """Field and reason."""
    with pytest.raises(BadRequest, match=f"{field}: {fault}"):
        check_form(make(Colour.BLUE, **{field: value}))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(Colour), st.dictionaries(st.sampled_from(sorted(FIELDS)), VALUES))
def test_no_value_breaks_the_check(colour: Colour, fields: dict[str, Any]) -> None:
    """Whatever a caller sends is taken or told to be wrong."""
    notice = Notice(colour, "2024/1", "FR", fields=fields)
    faults = form_faults(notice)
    if not faults:
        request_faults(notice)
