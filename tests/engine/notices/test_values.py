"""Restrictions, periods, dates and files of notices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadRequest
from engine.notices import parse_notice, parse_restriction
from engine.notices.dates import read_date, years_before
from engine.notices.period import LONGEST, expiry_of, has_passed, is_near

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def test_a_restriction_has_a_list_or_is_for_all() -> None:
    """Codes are those of members, in any case."""
    assert parse_restriction("deny", ["jp", "NA"]).ncbs == {"JP", "NA"}
    assert parse_restriction("", []).admits("FR")
    wrong = (("ALLOW", []), ("DENY", []), ("ALL", ["FR"]), ("SOME", []), ("DENY", ["XX"]))
    for mode, ncbs in wrong:
        with pytest.raises(BadRequest):
            parse_restriction(mode, ncbs)


def test_a_list_is_meant_as_it_says() -> None:
    """ALLOW admits those of the list, DENY the others."""
    assert [parse_restriction("ALLOW", ["JP"]).admits(ncb) for ncb in ("JP", "FR", "")] == [
        True,
        False,
        False,
    ]
    assert [parse_restriction("DENY", ["JP"]).admits(ncb) for ncb in ("JP", "FR", "")] == [
        False,
        True,
        False,
    ]


@given(st.integers(-4000, 4000))
def test_nothing_is_kept_longer_than_five_years(days: int) -> None:
    """A wish for more, or for the past, is refused."""
    wanted = NOW + timedelta(days=days)
    if 0 < days <= LONGEST.days:
        assert expiry_of(wanted, NOW) == wanted
    else:
        with pytest.raises(BadRequest, match="expiry"):
            expiry_of(wanted, NOW)
    assert expiry_of(None, NOW) == NOW + LONGEST


@given(st.integers(-400, 400), st.integers(0, 300))
def test_a_notice_that_has_ended_is_not_near_its_end(days: int, warn: int) -> None:
    """Each day lies before the warning, within it, or after the end."""
    expires_at = NOW + timedelta(days=days)
    assert has_passed(expires_at, NOW) == (days <= 0)
    assert is_near(expires_at, NOW, warn) == (0 < days <= warn)
    assert not has_passed(None, NOW)
    assert not is_near(None, NOW, warn)


def test_partial_dates_cover_all_their_days() -> None:
    """A year, a month or a day; what is no day of the calendar is no date."""
    assert read_date("1980") == (date(1980, 1, 1), date(1980, 12, 31))
    assert read_date("1980/02") == (date(1980, 2, 1), date(1980, 2, 29))
    assert read_date("1980/02/29") == (date(1980, 2, 29), date(1980, 2, 29))
    for bad in ("", "1981/02/29", "0000", "1980/13", "1980-01", "١٩٨٠"):
        assert read_date(bad) is None


@given(st.dates(), st.integers(0, 150))
def test_years_are_counted_back_to_the_same_day(today: date, years: int) -> None:
    """Except the leap day where there is none."""
    before = years_before(today, years)
    assert before <= today
    assert (before.month, before.day) in ((today.month, today.day), (2, 28))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "letter"}, "unknown kind"),
        ({"restriction": "ALL"}, "restriction is not"),
        ({"restriction": {"mode": "DENY", "ncbs": "FR"}}, "restriction is not"),
        ({"restriction": {"mode": "DENY", "ncbs": [1]}}, "unknown NCB '1'"),
        ({"ncb": "XX"}, "unknown NCB 'XX'"),
    ],
)
def test_a_malformed_line_of_a_file_is_named(changes: dict, fault: str) -> None:
    """The message names the value."""
    row = {"colour": "red", "entity_id": "2024/1", "ncb": "FR", **changes}
    with pytest.raises(BadRequest, match=fault):
        parse_notice(row)
