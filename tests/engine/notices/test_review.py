"""What a finding must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadRequest, Conflict, Forbidden, WhorlError
from engine.notices import Colour
from engine.notices.review import Review, Verdict, check_review, require_verdict

OPINION = st.sampled_from([None, True, False])
REVIEWS = st.builds(
    Review,
    version=st.integers(1, 3),
    examiner=st.sampled_from(["a", "b"]),
    verdict=st.sampled_from(Verdict),
    article_2=OPINION,
    article_3=OPINION,
    gravity=OPINION,
    reasons=st.sampled_from([(), ("A reason.",)]),
)


@given(REVIEWS, st.sampled_from(Colour))
def test_approval_means_that_everything_was_examined(review: Review, colour: Colour) -> None:
    """Articles 2 and 3, the gravity of a Red notice's offence, and by somebody else."""
    try:
        check_review(review, colour, "a")
    except WhorlError:
        return
    assert review.examiner != "a"
    if review.verdict is Verdict.APPROVE:
        assert (review.article_2, review.article_3) == (True, True)
        assert review.gravity is (True if colour is Colour.RED else None)
    else:
        assert review.reasons


@given(st.lists(REVIEWS, max_size=6), st.integers(1, 3), st.sampled_from(Verdict))
def test_the_latest_finding_about_the_very_version_counts(
    reviews: list[Review], version: int, verdict: Verdict
) -> None:
    """What was found about another version, or before, does not."""
    about = [one.verdict for one in reviews if one.version == version]
    if about and about[-1] is verdict:
        require_verdict(reviews, version, verdict)
    else:
        with pytest.raises(Conflict, match=f"version {version} is"):
            require_verdict(reviews, version, verdict)


def test_nobody_reviews_their_own_words() -> None:
    """Not even to refuse them."""
    review = Review(1, "a", Verdict.REFUSE, reasons=("Not good.",))
    with pytest.raises(Forbidden, match="nobody reviews what they wrote"):
        check_review(review, Colour.BLUE, "a")


def test_gravity_is_a_question_of_red_notices() -> None:
    """Elsewhere an answer is a mistake."""
    with pytest.raises(BadRequest, match="gravity"):
        check_review(Review(1, "a", Verdict.ASK, gravity=True), Colour.BLUE, "b")
