"""Every column of the catalogue that is sealed, and what each of its values is bound to.

This list is the whole of it: sealing of old rows, rotation of keys and `whorl check` go by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, literal

from engine.gallery.examination_tables import examination, examination_decision
from engine.gallery.key_store import NETWORK
from engine.gallery.latent_tables import latent, latent_image, probe, probe_print
from engine.gallery.message_tables import message, message_attachment
from engine.gallery.tables import job, print_, print_image


@dataclass(frozen=True, slots=True, eq=False)
class SealedColumn:
    """One column.

    Attributes:
        column: that holds sealed values, or nothing where there is none or none any more.
        source: its table, joined with those that name the owner.
        owner: whose key seals a value.
        record: what tells a row apart; the value opens in no other.
    """

    column: Column[Any]
    source: FromClause
    owner: ColumnElement[Any]
    record: tuple[Column[Any], ...]

    @property
    def name(self) -> str:
        """Table and column."""
        return f"{self.column.table.name}.{self.column.name}"

    @property
    def key(self) -> tuple[Column[Any], ...]:
        """The primary key of its table."""
        return tuple(self.column.table.primary_key.columns)


TEMPLATE, IMAGE = "print.template", "print_image.content"
LATENT_TEMPLATE, LATENT_IMAGE = "latent.template", "latent_image.content"
PROBE_TEMPLATE, PROBE_IMAGE = "probe_print.template", "probe_print.image"
ATTACHMENT = "message_attachment.content"
MARKS = "examination_decision.pairs"
ANSWER = "job.answer"

_of_print = (print_.c.id, print_.c.person_id)
_probes = probe_print.join(probe, probe.c.id == probe_print.c.probe_id)
_of_probe = (probe_print.c.probe_id, probe_print.c.place)

SEALED: tuple[SealedColumn, ...] = (
    SealedColumn(print_.c.template, print_, print_.c.ncb, _of_print),
    SealedColumn(
        print_image.c.content,
        print_image.join(print_, print_.c.id == print_image.c.print_id),
        print_.c.ncb,
        _of_print,
    ),
    SealedColumn(latent.c.template, latent, latent.c.ncb, (latent.c.id,)),
    SealedColumn(
        latent_image.c.content,
        latent_image.join(latent, latent.c.serial == latent_image.c.serial),
        latent.c.ncb,
        (latent.c.id,),
    ),
    SealedColumn(probe_print.c.template, _probes, probe.c.ncb, _of_probe),
    SealedColumn(probe_print.c.image, _probes, probe.c.ncb, _of_probe),
    SealedColumn(
        message_attachment.c.content,
        message_attachment.join(message, message.c.id == message_attachment.c.message_id),
        message.c.ncb,
        (message_attachment.c.message_id, message_attachment.c.number),
    ),
    # Marked minutiae are of the owner's print as much as of the probe.
    SealedColumn(
        examination_decision.c.pairs,
        examination_decision.join(
            examination, examination.c.id == examination_decision.c.examination_id
        ),
        examination.c.owner,
        (examination_decision.c.examination_id, examination_decision.c.number),
    ),
    # The candidates of an answer are of many bureaus.
    SealedColumn(job.c.answer, job, literal(NETWORK), (job.c.id,)),
)
