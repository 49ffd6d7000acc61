"""What the policy must know of a record, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.identity.clearance import Clearance
from engine.notices.restriction import EVERYBODY, Restriction
from engine.persons import PersonStatus


@dataclass(frozen=True, slots=True)
class Handling:
    """How an owner wants a record handled.

    Attributes:
        restriction: bureaus that may see it.
        classification: clearance that everybody needs for it, the owner's people too.
    """

    restriction: Restriction = EVERYBODY
    classification: Clearance = Clearance.OFFICIAL


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A record as the policy sees it.

    Attributes:
        owner: code of the NCB that recorded it and answers for it.
        status: what its person is on record for.
        retention_until: last day on which it may be used.
        handling: one for each thing that it is part of, such as the person and then the print;
            all must let an asker pass, so a part can only be stricter than the whole.
    """

    owner: str
    status: PersonStatus
    retention_until: date
    handling: tuple[Handling, ...] = (Handling(),)

    @property
    def classification(self) -> Clearance:
        """The highest level of all that it is part of."""
        return max(one.classification for one in self.handling)

    def admits(self, ncb: str) -> bool:
        """Whether every restriction admits a bureau that is not the owner."""
        return all(one.restriction.admits(ncb) for one in self.handling)
