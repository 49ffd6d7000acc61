"""Prints in the catalogue: adding them, removing them, following what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from engine.errors import NotFound
from engine.fingers import Finger, Impression
from engine.gallery.catalogue import Change
from engine.gallery.organisation_store import regions_of
from engine.gallery.shards import Shard
from engine.gallery.tables import print_, print_image
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
        person_id: whose it is.
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
    """Store prints with their images; returns their numbers, in the order given."""
    owner = {"encounter_id": encounter_id, "person_id": person_id, "ncb": ncb}
    rows = [{**owner, **_columns(new), "added": change.tick} for new in prints]
    statement = insert(print_).returning(print_.c.id, sort_by_parameter_order=True)
    ids = list(change.connection.execute(statement, rows).scalars())
    images = [
        {"print_id": id_, "format": new.image_format, "ppi": new.image_ppi, "content": new.image}
        for id_, new in zip(ids, prints, strict=True)
    ]
    change.connection.execute(insert(print_image), images)
    return ids


def _columns(new: NewPrint) -> dict[str, object]:
    """What a print's row says of the print alone."""
    return {
        "kind": new.kind.value,
        "finger": int(new.finger),
        "impression": int(new.impression),
        "template": encode(new.template),
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
    query = select(print_.c.template).where(print_.c.id == print_id, print_.c.removed.is_(None))
    data = connection.execute(query).scalar()
    if data is None:
        raise NotFound(f"no print {print_id}")
    return decode(data)


def read_image(connection: Connection, print_id: int) -> StoredImage:
    """The image file of a print.

    Raises:
        NotFound: no such print.
    """
    query = (
        select(print_image.c.content, print_image.c.format, print_image.c.ppi)
        .join(print_, print_.c.id == print_image.c.print_id)
        .where(print_.c.id == print_id, print_.c.removed.is_(None))
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"no print {print_id}")
    return StoredImage(row.content, row.format, row.ppi)


def known_images(connection: Connection, person_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Person and image digest of all prints of these persons: what need not be enrolled again."""
    query = select(print_.c.person_id, print_.c.image_sha256).where(
        print_.c.person_id.in_(person_ids), print_.c.removed.is_(None)
    )
    return {(row.person_id, row.image_sha256) for row in connection.execute(query)}


def added_since(
    connection: Connection, tick: int, limit: int | None = None
) -> list[StoredTemplate]:
    """Prints added after a change and not removed, in order of change and number.

    A `limit` is stretched to the end of a change, so that the next call can go on from its tick.
    """
    query = (
        select(print_.c.id, print_.c.ncb, print_.c.kind, print_.c.finger, print_.c.template)
        .add_columns(print_.c.person_id, print_.c.added)
        .where(print_.c.added > tick, print_.c.removed.is_(None))
        .order_by(print_.c.added, print_.c.id)
    )
    if limit is not None:
        ticks = select(print_.c.added).where(print_.c.added > tick).order_by(print_.c.added)
        last = connection.execute(ticks.offset(limit - 1).limit(1)).scalar()
        query = query if last is None else query.where(print_.c.added <= last)
    rows = connection.execute(query).all()
    regions = regions_of(connection, {row.ncb for row in rows})
    return [
        StoredTemplate(
            id=row.id,
            person_id=row.person_id,
            shard=Shard(regions[row.ncb], GalleryKind(row.kind)),
            finger=Finger(row.finger),
            template=decode(row.template),
            added=row.added,
        )
        for row in rows
    ]


def removed_since(connection: Connection, tick: int) -> set[int]:
    """Numbers of the prints removed after a change."""
    query = select(print_.c.id).where(print_.c.removed > tick)
    return set(connection.execute(query).scalars())


def live_prints(connection: Connection, up_to: int) -> dict[int, Shard]:
    """Shard of every print added until a change and not removed: what an index must hold."""
    query = select(print_.c.id, print_.c.ncb, print_.c.kind).where(
        print_.c.added <= up_to, print_.c.removed.is_(None)
    )
    rows = connection.execute(query).all()
    regions = regions_of(connection, {row.ncb for row in rows})
    return {row.id: Shard(regions[row.ncb], GalleryKind(row.kind)) for row in rows}


def count_prints(connection: Connection, since: int = 0) -> int:
    """Number of prints that can be searched and were added after a change."""
    query = select(func.count()).where(print_.c.removed.is_(None), print_.c.added > since)
    return connection.execute(query).scalar_one()
