"""Kept probes in the catalogue: only those of searches that asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    and_,
    delete,
    func,
    insert,
    select,
)

from engine.asker import Asker
from engine.errors import NotFound
from engine.fingers import Finger
from engine.gallery.latent_tables import probe, probe_print
from engine.gallery.sealed_columns import PROBE_IMAGE, PROBE_TEMPLATE
from engine.gallery.times import as_utc
from engine.gallery.vault import open_sealed, sealer_for
from engine.records import Template
from engine.search_modes import SearchMode
from engine.templates.binary import decode, encode


@dataclass(frozen=True, slots=True, eq=False)
class ProbePrint:
    """A print of a kept probe.

    Attributes:
        finger: which it is, if known.
        template: that was searched.
        ppi: resolution that was stated for the image; None is what the image tells.
        image: bytes of its file; None if minutiae came alone.
    """

    finger: Finger
    template: Template
    ppi: float | None = None
    image: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KeptProbe:
    """A kept probe, without its prints.

    Attributes:
        id: unique, 32 hexadecimal digits.
        ncb: the bureau that searched: nobody else reads it.
        actor, purpose, case_ref, mode: of the search.
        classification: the clearance that it takes: that of who searched.
        at: when.
        until: last day on which it is kept.
    """

    id: str
    ncb: str
    actor: str
    purpose: str
    case_ref: str
    mode: SearchMode
    classification: int
    at: datetime
    until: date


def add_probe(connection: Connection, new: KeptProbe, prints: Sequence[ProbePrint]) -> None:
    """Keep a probe."""
    connection.execute(
        insert(probe).values(
            id=new.id,
            ncb=new.ncb,
            actor=new.actor,
            purpose=new.purpose,
            case_ref=new.case_ref,
            mode=new.mode.value,
            classification=new.classification,
            at=new.at,
            retention_until=datetime.combine(new.until, time.max, UTC),
        )
    )
    sealer = sealer_for(connection, new.ncb)
    sealer = sealer_for(connection, new.ncb)
    rows = [
        {
            "probe_id": new.id,
            "place": place,
            "finger": int(one.finger),
            "template": sealer.seal(encode(one.template), PROBE_TEMPLATE, new.id, place),
            "ppi": one.ppi,
            "image": one.image and sealer.seal(one.image, PROBE_IMAGE, new.id, place),
        }
        for place, one in enumerate(prints)
    ]
    connection.execute(insert(probe_print), rows)


def read_probe(connection: Connection, probe_id: str, asker: Asker, today: date) -> KeptProbe:
    """A probe of the asker's bureau.

    Raises:
        NotFound: there is none; which of the reasons it is, is not told.
    """
    query = select(probe).where(probe.c.id == probe_id, _is_seen(asker, today))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no probe {probe_id!r}")
    return _probe(row)


def list_probes(
    connection: Connection, offset: int, limit: int, asker: Asker, today: date
) -> tuple[list[KeptProbe], int]:
    """A part of the probes of the asker's bureau, the newest first, and the number of all."""
    where = _is_seen(asker, today)
    total = connection.execute(select(func.count()).select_from(probe).where(where)).scalar_one()
    query = select(probe).where(where).order_by(probe.c.at.desc(), probe.c.id)
    rows = connection.execute(query.offset(offset).limit(limit)).mappings()
    return [_probe(row) for row in rows], total


def prints_of_probe(connection: Connection, kept: KeptProbe) -> list[ProbePrint]:
    """The prints of a probe, in the order in which they were sent."""
    query = select(probe_print).where(probe_print.c.probe_id == kept.id)
    rows = connection.execute(query.order_by(probe_print.c.place))
    return [_print(connection, kept, row) for row in rows]


def _print(connection: Connection, kept: KeptProbe, row: Row[Any]) -> ProbePrint:
    """A print from its row."""
    place = (kept.ncb, kept.id, row.place)
    template = open_sealed(connection, row.template, PROBE_TEMPLATE, *place)
    image = row.image and open_sealed(connection, row.image, PROBE_IMAGE, *place)
    return ProbePrint(Finger(row.finger), decode(template), row.ppi, image)


def erase_probes(connection: Connection, today: date, ncb: str | None = None) -> list[str]:
    """Erase the probes whose last day has passed; of one bureau, or of all."""
    over = probe.c.retention_until < datetime.combine(today, time.min, UTC)
    mine = over if ncb is None else and_(over, probe.c.ncb == ncb)
    gone = list(connection.execute(select(probe.c.id).where(mine).order_by(probe.c.id)).scalars())
    if gone:
        connection.execute(delete(probe_print).where(probe_print.c.probe_id.in_(gone)))
        connection.execute(delete(probe).where(probe.c.id.in_(gone)))
    return gone


def _is_seen(asker: Asker, today: date) -> ColumnElement[bool]:
    """Probes that an asker may read: of the own bureau alone."""
    return and_(
        probe.c.ncb == asker.ncb,
        probe.c.classification <= int(asker.clearance),
        probe.c.retention_until >= datetime.combine(today, time.min, UTC),
    )


def _probe(row: RowMapping) -> KeptProbe:
    """A probe from its row."""
    return KeptProbe(
        id=row["id"],
        ncb=row["ncb"],
        actor=row["actor"],
        purpose=row["purpose"],
        case_ref=row["case_ref"],
        mode=SearchMode(row["mode"]),
        classification=row["classification"],
        at=as_utc(row["at"]),
        until=as_utc(row["retention_until"]).date(),
    )
