"""What lies on the disk of a gallery, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text

from engine.fingers import Finger
from engine.gallery.gallery import Gallery
from engine.gallery.print_store import StoredTemplate
from engine.gallery.segment import coded_rows, gather_prints
from engine.gallery.shards import Shard
from engine.persons import GalleryKind
from engine.records import Template
from engine.templates.binary import encode


def files_of(gallery: Gallery) -> list[Path]:
    """All files of the data folder, and of a database server's own."""
    folders = [gallery.folder.parent]
    if gallery.catalogue.database.dialect.name == "postgresql":
        with gallery.catalogue.reading() as connection:
            folders.append(Path(connection.execute(text("SHOW data_directory")).scalar_one()))
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def where(gallery: Gallery, payload: bytes) -> list[str]:
    """Names of the files that hold these bytes."""
    return sorted(path.name for path in files_of(gallery) if payload in path.read_bytes())


def searchable_forms(template: Template) -> dict[str, bytes]:
    """A template as segments and their index hold it: quantised minutiae, and index codes."""
    stored = StoredTemplate(1, "P", Shard("Europe", GalleryKind.TENPRINT), Finger(0), template, 1)
    content = gather_prints(stored.shard, [stored], 1)
    codes, _ = coded_rows(content)
    return {
        "places": content.places.xy.tobytes(),
        "directions": content.places.direction.tobytes(),
        "codes": codes[0].tobytes(),
    }


def plain_forms(template: Template, image: bytes) -> Iterable[bytes]:
    """Parts of template and image that tell them."""
    encoded = encode(template)
    return (encoded, encoded[40:72], image, image[:24])
