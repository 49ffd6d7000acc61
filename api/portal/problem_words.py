"""What people read for each kind of problem: what it is, and what they can do."""

from __future__ import annotations

from collections.abc import Mapping

from api.portal.marking import N_

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "bad-request": (
        N_("Something in the request is not right"),
        N_("Go back, check what you entered and send it again."),
    ),
    "forbidden": (
        N_("You may not do this"),
        N_("Your role does not allow it, or the page was open for too long. Open it again."),
    ),
    "not-found": (
        N_("There is nothing here"),
        N_("The page or record does not exist, or it is not yours to see."),
    ),
    "conflict": (
        N_("Somebody was faster"),
        N_("The record exists already or has changed meanwhile. Open it again to see it as it is."),
    ),
    "stale": (
        N_("The record has changed since you read it"),
        N_("Open it again and repeat your change."),
    ),
    "invalid": (
        N_("Something in the form is not right"),
        N_("Go back, check what you entered and send it again."),
    ),
    "bad-image": (
        N_("The image cannot be used"),
        N_("Send a print as PNG, BMP, TIFF, JPEG, JPEG 2000 or WSQ."),
    ),
    "no-fingerprint": (
        N_("The image shows too little of a finger"),
        N_("Use a larger or clearer part of the print."),
    ),
    "image-too-large": (
        N_("The image is too large"),
        N_("Cut out the print and send that part alone."),
    ),
    "body-too-large": (
        N_("That is too much to send at once"),
        N_("Send fewer or smaller files."),
    ),
    "too-many-tries": (
        N_("Too many tries"),
        N_("Wait a minute, then try again."),
    ),
    "sign-in-refused": (
        N_("The sign-in is refused"),
        N_("Check user name and password. After several wrong tries the account waits a while."),
    ),
    "method-not-allowed": (
        N_("This page cannot be used that way"),
        N_("Open it from the menu."),
    ),
    "busy": (
        N_("The system is busy"),
        N_("Nothing was changed. Try again in a few seconds."),
    ),
    "queue-full": (
        N_("The system is busy"),
        N_("Nothing was changed. Try again in a few seconds."),
    ),
}

OTHER: tuple[str, str] = (
    N_("Something went wrong here"),
    N_("Nothing more can be said on this page; the people who run the server find it in its log."),
)

REFUSED: tuple[str, str] = (
    N_("The request cannot be answered"),
    N_("Go back, check what you entered and send it again."),
)


def words_of(kind: str, status: int) -> tuple[str, str]:
    """Title and advice of a problem, by the last part of its type."""
    general = OTHER if status >= 500 else REFUSED
    return PROBLEMS.get(kind, general)
