"""Prints in the catalogue: adding them, removing them, following what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, func, insert, select, update

from engine.errors import NotFound
from engine.fingers import Finger, Impression
from engine.gallery.catalogue import Change
from engine.gallery.latent_rows import (
    FIRST_LATENT,
    added_latents,
    count_latents,
    live_latents,
    removed_latents,
)
from engine.gallery.organisation_store import regions_of
from engine.gallery.sealed_columns import IMAGE, LATENT_TEMPLATE, TEMPLATE
from engine.gallery.shards import Shard
from engine.gallery.tables import print_, print_image
from engine.gallery.vault import open_sealed, sealer_for
from engine.persons import GalleryKind
from engine.records import Template
from engine.templates.binary import decode, encode


@dataclass(frozen=True, slots=True, eq=False)
class NewPrint:
    """A print that is ready to be stored.

    Attributes:
        template: what was extracted.
        finger, impression: as the bureau stated them.
        kind: the gallery that it belongs to.
        image: the file's bytes, as they came.
        image_format, image_ppi: of that file.
        image_sha256: hex digest of `image`.
        source: the file's name, for reports.
    """

    template: Template
    finger: Finger
    impression: Impression
    kind: GalleryKind
    image: bytes
    image_format: str
    image_ppi: int
    image_sha256: str
    source: str


@dataclass(frozen=True, slots=True)
class PrintRecord:
    """What is known of a stored print, without its template and image.

    Attributes:
        id: number of the print.
        person_id, ncb, kind, finger, impression: see `NewPrint`.
        minutiae, quality, quality_measure, extractor: of its template.
        source: the name of the file that it came from.
    """

    id: int
    encounter_id: str
    person_id: str
    ncb: str
    kind: GalleryKind
    finger: Finger
    impression: Impression
    minutiae: int
    quality: int
    quality_measure: str
    extractor: str
    source: str


@dataclass(frozen=True, slots=True)
class StoredImage:
    """The image file of a print, as it came.

    Attributes:
        content: bytes of the file.
        format: its format, as told from the content.
        ppi: resolution that the print was read with, pixels per inch.
    """

    content: bytes = field(repr=False)
    format: str
    ppi: int


@dataclass(frozen=True, slots=True, eq=False)
class StoredTemplate:
    """A print as the index needs it.

    Attributes:
        id: number of the print.
        person_id: whose it is; of a latent, which is nobody's, its own id.
        shard: where it is searched.
        finger: its position.
        template: its minutiae.
        added: number of the change that added it.
    """

    id: int
    person_id: str
    shard: Shard
    finger: Finger
    template: Template
    added: int


def add_prints(
    change: Change, encounter_id: str, person_id: str, ncb: str, prints: Sequence[NewPrint]
) -> list[int]:
    """Store prints with their images, sealed; returns their numbers, in the order given."""
    sealer = sealer_for(change.connection, ncb)
    owner = {"encounter_id": encounter_id, "person_id": person_id, "ncb": ncb}
    ids = _new_numbers(change.connection, len(prints))
    rows, images = [], []
    for id_, new in zip(ids, prints, strict=True):
        template = sealer.seal(encode(new.template), TEMPLATE, id_, person_id)
        rows.append({**owner, **_columns(new), "id": id_, "template": template})
        content = sealer.seal(new.image, IMAGE, id_, person_id)
        facts = {"format": new.image_format, "ppi": new.image_ppi}
        images.append({"print_id": id_, "content": content, **facts})
    added = [{**row, "added": change.tick} for row in rows]
    change.connection.execute(insert(print_), added)
    change.connection.execute(insert(print_image), images)
    return ids


def _new_numbers(connection: Connection, count: int) -> list[int]:
    """Numbers for new prints: a sealed template is bound to its own before it is stored."""
    if connection.dialect.name == "sqlite":  # the writer is alone, and prints are never deleted
        last = connection.execute(select(func.coalesce(func.max(print_.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    serial = func.nextval(func.pg_get_serial_sequence("print", "id"))
    rows = connection.execute(select(serial).select_from(func.generate_series(1, count)))
    return sorted(rows.scalars())


def _columns(new: NewPrint) -> dict[str, object]:
    """What a print's row says of the print alone."""
    return {
        "kind": new.kind.value,
        "finger": int(new.finger),
        "impression": int(new.impression),
        "extractor": new.template.extractor,
        "minutiae": len(new.template.minutiae),
        "quality": new.template.quality,
        "quality_measure": new.template.quality_measure,
        "source": new.source,
        "image_sha256": new.image_sha256,
    }


def remove_prints(change: Change, ids: Sequence[int]) -> int:
    """Take prints out of every search; returns how many there were."""
    statement = (
        update(print_)
        .where(print_.c.id.in_(ids), print_.c.removed.is_(None))
        .values(removed=change.tick)
    )
    return change.connection.execute(statement).rowcount


_RECORD = [
    print_.c[name]
    for name in (
        "id", "encounter_id", "person_id", "ncb", "kind", "finger", "impression", "minutiae",
        "quality", "quality_measure", "extractor", "source",
    )
]  # fmt: skip


def find_prints(connection: Connection, ids: Sequence[int]) -> dict[int, PrintRecord]:
    """Those of the asked prints that are on record and not removed, by number."""
    query = select(*_RECORD).where(print_.c.id.in_(ids), print_.c.removed.is_(None))
    return {row["id"]: _record(row) for row in connection.execute(query).mappings()}


def prints_of(connection: Connection, person_id: str) -> list[PrintRecord]:
    """All prints of a person, in the order of their recording."""
    query = select(*_RECORD).where(print_.c.person_id == person_id, print_.c.removed.is_(None))
    rows = connection.execute(query.order_by(print_.c.id)).mappings()
    return [_record(row) for row in rows]


def read_encounter(connection: Connection, encounter_id: str) -> tuple[str, list[int], int]:
    """Person, numbers of the prints in their order, and change of an occasion on record.

    Raises:
        NotFound: none of its prints is left.
    """
    query = select(print_.c.person_id, print_.c.id, print_.c.added).where(
        print_.c.encounter_id == encounter_id, print_.c.removed.is_(None)
    )
    rows = connection.execute(query.order_by(print_.c.id)).all()
    if not rows:
        raise NotFound(f"nothing is left of encounter {encounter_id!r}")
    return rows[0].person_id, [row.id for row in rows], rows[0].added


def _record(row: RowMapping) -> PrintRecord:
    """A print's record from its row."""
    facts = dict(row)
    facts["kind"] = GalleryKind(facts["kind"])
    facts["finger"] = Finger(facts["finger"])
    facts["impression"] = Impression(facts["impression"])
    return PrintRecord(**facts)


def read_template(connection: Connection, print_id: int) -> Template:
    """The template of a print.

    Raises:
        NotFound: no such print.
    """
    columns = (print_.c.template, print_.c.ncb, print_.c.person_id)
    query = select(*columns).where(print_.c.id == print_id, print_.c.removed.is_(None))
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"no print {print_id}")
    return decode(open_sealed(connection, row.template, TEMPLATE, row.ncb, print_id, row.person_id))


def read_image(connection: Connection, print_id: int) -> StoredImage:
    """The image file of a print.

    Raises:
        NotFound: no such print.
    """
    query = (
        select(print_image.c.content, print_image.c.format, print_image.c.ppi)
        .add_columns(print_.c.ncb, print_.c.person_id)
        .join(print_, print_.c.id == print_image.c.print_id)
        .where(print_.c.id == print_id, print_.c.removed.is_(None))
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"no print {print_id}")
    content = open_sealed(connection, row.content, IMAGE, row.ncb, print_id, row.person_id)
    return StoredImage(content, row.format, row.ppi)


def known_images(connection: Connection, person_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Person and image digest of all prints of these persons: what need not be enrolled again."""
    query = select(print_.c.person_id, print_.c.image_sha256).where(
        print_.c.person_id.in_(person_ids), print_.c.removed.is_(None)
    )
    return {(row.person_id, row.image_sha256) for row in connection.execute(query)}


def added_since(
    connection: Connection, tick: int, limit: int | None = None
) -> list[StoredTemplate]:
    """Prints and latents added after a change and not removed, in order of change and number.

    A `limit` is stretched to the end of a change, so that the next call can go on from its tick.
    """
    query = (
        select(print_.c.id, print_.c.ncb, print_.c.kind, print_.c.finger, print_.c.template)
        .add_columns(print_.c.person_id, print_.c.added)
        .where(print_.c.added > tick, print_.c.removed.is_(None))
        .order_by(print_.c.added, print_.c.id)
    )
    last: int | None = None
    if limit is not None:
        ticks = select(print_.c.added).where(print_.c.added > tick).order_by(print_.c.added)
        last = connection.execute(ticks.offset(limit - 1).limit(1)).scalar()
        query = query if last is None else query.where(print_.c.added <= last)
    prints = connection.execute(query).all()
    latents = added_latents(connection, tick, last)
    rows = sorted([*prints, *latents], key=lambda row: (row.added, row.id)) if latents else prints
    regions = regions_of(connection, {row.ncb for row in rows})
    return [
        StoredTemplate(
            id=row.id,
            person_id=row.person_id,
            shard=Shard(regions[row.ncb], GalleryKind(row.kind)),
            finger=Finger(row.finger),
            template=_open_template(connection, row),
            added=row.added,
        )
        for row in rows
    ]


def _open_template(connection: Connection, row: Row[Any]) -> Template:
    """The template of a print or latent, each sealed where it stands."""
    place: tuple[str | int, ...] = (row.id, row.person_id)
    column = TEMPLATE
    if row.id >= FIRST_LATENT:
        column, place = LATENT_TEMPLATE, (row.person_id,)
    return decode(open_sealed(connection, row.template, column, row.ncb, *place))


def _template_of(connection: Connection, row: Row[Any]) -> bytes:
    """The template of a print's or a latent's row."""
    if row.id >= FIRST_LATENT:
        return open_sealed(connection, row.template, LATENT_TEMPLATE, row.ncb, row.person_id)
    return open_sealed(connection, row.template, TEMPLATE, row.ncb, row.id, row.person_id)


def removed_since(connection: Connection, tick: int) -> set[int]:
    """Numbers of the prints and latents removed after a change."""
    query = select(print_.c.id).where(print_.c.removed > tick)
    return set(connection.execute(query).scalars()) | removed_latents(connection, tick)


def live_prints(connection: Connection, up_to: int) -> dict[int, Shard]:
    """Shard of every print and latent added until a change and not removed: what an index holds."""
    query = select(print_.c.id, print_.c.ncb, print_.c.kind).where(
        print_.c.added <= up_to, print_.c.removed.is_(None)
    )
    rows = connection.execute(query).all()
    latents = live_latents(connection, up_to)
    regions = regions_of(connection, {row.ncb for row in rows} | set(latents.values()))
    unsolved = GalleryKind.UNSOLVED_LATENT
    return {
        **{row.id: Shard(regions[row.ncb], GalleryKind(row.kind)) for row in rows},
        **{number: Shard(regions[ncb], unsolved) for number, ncb in latents.items()},
    }


def count_prints(connection: Connection, since: int = 0) -> int:
    """Number of prints and latents that can be searched and were added after a change."""
    query = select(func.count()).where(print_.c.removed.is_(None), print_.c.added > since)
    return connection.execute(query).scalar_one() + count_latents(connection, since)
