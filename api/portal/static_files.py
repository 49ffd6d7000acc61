"""Scripts, styles and pictures of the portal: read once, named by what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All files, by name, and the digest that stands in their addresses.

    One digest for all: modules import each other by plain names beside them.
    """

    contents: dict[str, bytes]
    digest: str

    def url(self, name: str) -> str:
        """The address of a file.

        Raises:
            KeyError: there is none of this name.
        """
        self.contents[name]
        return f"/portal/static/{self.digest}/{name}"


@cache
def load_static_files() -> StaticFiles:
    """The files of the package, read once: pages and what serves them must agree."""
    folder = files("api.portal") / "static"
    found = sorted(_read(folder, ""))
    digest = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    return StaticFiles(dict(found), digest)


def _read(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    """The files of a folder and of those in it."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from _read(one, f"{above}{one.name}/")
        elif one.name.rpartition(".")[2] in TYPES:
            yield f"{above}{one.name}", one.read_bytes()


def media_type(name: str) -> str:
    """What a file is, by its name."""
    return TYPES[name.rpartition(".")[2]]
