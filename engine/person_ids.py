"""Ids that bureaus give to their persons and latents.

A bureau chooses ids within a space of its own, `FR-...` or `FR:...`. If ids of all bureaus shared
one space, somebody could learn whether another bureau has a person of some id on record by trying
to take it, though the record itself is hidden: the answers to a free and to a taken id differ.
Outside its own space a bureau is refused whether the id is taken or not. Inside, an id that was
ever given stays taken, also when its record is erased, so a refusal does not tell of a record.

Whoever fills a gallery from files on the machine itself keeps the ids of those files: they see
everything anyway.
"""

from __future__ import annotations

import uuid

from engine.errors import BadRequest

SEPARATORS = ("-", ":")


def check_own_id(own_id: str, ncb: str, what: str = "person") -> str:
    """The id, if a bureau may give it; an empty one is replaced by one that nobody has.

    Args:
        own_id: as the bureau wrote it.
        ncb: code of the bureau.
        what: it is the id of, for the message.

    Raises:
        BadRequest: it lies outside the bureau's own space, whether or not it is taken.
    """
    if not own_id:
        return f"{ncb}-{uuid.uuid4().hex}"
    starts = [f"{ncb}{separator}" for separator in SEPARATORS]
    if not own_id.startswith(tuple(starts)):
        raise BadRequest(
            f"{what} id {own_id!r}: ids that {ncb} gives begin with {' or '.join(starts)}; "
            "leave it out to be given one"
        )
    return own_id
