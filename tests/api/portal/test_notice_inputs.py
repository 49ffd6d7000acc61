"""The form of a notice has every field that the rules know, and says what is wrong with each."""

from __future__ import annotations

import pytest

from api.portal.forms import PortalForm
from api.portal.notice_faults import GENERAL, by_field, read_faults
from api.portal.notice_form import read_fields, typed
from api.portal.notice_groups import groups_of
from api.portal.notice_inputs import INPUTS
from engine.errors import BadRequest
from engine.notices import Colour, Notice
from engine.notices.checking import check_form, check_request
from engine.notices.fields import FIELDS
from engine.notices.rules import RULES
from notice_support import FIELDS as COMPLETE


def test_every_field_has_an_input_and_a_place() -> None:
    """What the rules allow can be typed, in one group."""
    assert set(INPUTS) == set(FIELDS)
    placed = [name for _, names in groups_of(FIELDS) for name in names]
    assert sorted(placed) == sorted(FIELDS)


@pytest.mark.parametrize("colour", list(Colour))
def test_what_is_shown_is_read_again(colour: Colour) -> None:
    """A complete notice of each colour goes through its form unchanged."""
    said = COMPLETE[colour]
    pairs = []
    for name, value in said.items():
        if INPUTS[name].parts:
            parts = INPUTS[name].parts
            pairs += [
                (f"{name}.0.{part}", typed(one, parts[part])) for part, one in value[0].items()
            ]
        else:
            pairs.append((name, typed(value, INPUTS[name])))
    assert read_fields(PortalForm(tuple(pairs)), RULES[colour].allowed) == said


def test_each_fault_stands_beside_its_field() -> None:
    """In words for people, not those of the rules."""
    wrong = {"date_of_birth": "yesterday", "height": "tall", "country": "NOWHERE"}
    with pytest.raises(BadRequest) as refused:
        check_form(Notice(Colour.YELLOW, "2026/1", "FR", fields=wrong))
    said = by_field(read_faults(str(refused.value), str))
    assert set(said) == set(wrong)
    assert GENERAL not in said.values()


@pytest.mark.parametrize("colour", list(Colour))
def test_what_a_request_lacks_is_told_in_words(colour: Colour) -> None:
    """Of every colour, for every field that it needs."""
    with pytest.raises(BadRequest) as refused:
        check_request(Notice(colour, "2026/1", "FR"), None)
    faults = read_faults(str(refused.value), str)
    assert {name for one in faults for name in one.fields} >= RULES[colour].required
    assert GENERAL not in {one.text for one in faults}
