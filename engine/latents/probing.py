"""The probe of a search for the command line: images, marked minutiae, or a latent on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.asker import Asker
from engine.candidates import FingerProbe, ImageFile
from engine.errors import BadRequest
from engine.fingers import parse_finger
from engine.gallery.catalogue import Catalogue
from engine.images import read_image
from engine.latents.marking import template_of_marks
from engine.latents.marks_file import read_marks
from engine.latents.reading import open_latent
from engine.search_modes import SearchMode


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller gives to be searched.

    Attributes:
        files: images, at most one beside minutiae.
        minutiae: file of marked minutiae.
        latent: id of a latent on record.
        fingers: names with commas, one for each print.
    """

    files: Sequence[ImageFile]
    minutiae: Path | None = None
    latent: str | None = None
    fingers: str | None = None


def gather_probes(
    given: Given, mode: SearchMode, catalogue: Catalogue, asker: Asker
) -> tuple[list[FingerProbe], int | None]:
    """The prints with their fingers; of a latent on record also its number.

    Raises:
        BadRequest: not one probe, one that the mode does not take, or fingers that do not fit.
        BadInput: a file cannot be read.
        NotFound: no such latent that the asker may see.
    """
    marked = given.minutiae is not None
    if (given.latent is not None) is (bool(given.files) or marked):
        raise BadRequest("give images, --minutiae, or --latent alone")
    if (marked or given.latent is not None) and not mode.is_of_latent:
        raise BadRequest(f"mode {mode}: --minutiae and --latent are for LT-TP and LT-LT")
    if given.latent is not None:
        latent, template = open_latent(catalogue, given.latent, asker)
        return [FingerProbe(template, parse_finger(given.fingers))], latent.number
    if given.minutiae is not None:
        return [_marked(given, given.minutiae)], None
    names = [None] * len(given.files) if given.fingers is None else given.fingers.split(",")
    if len(names) != len(given.files):
        raise BadRequest(f"{len(given.files)} images, but {len(names)} fingers")
    both = zip(given.files, names, strict=True)
    return [FingerProbe(file, parse_finger(name)) for file, name in both], None


def _marked(given: Given, path: Path) -> FingerProbe:
    """A print of marked minutiae, which lie in the image if one is given.

    Raises:
        BadRequest: more than one image.
    """
    if len(given.files) > 1:
        raise BadRequest("--minutiae are of one image")
    images = [read_image(one.data, one.name, one.ppi) for one in given.files]
    template = template_of_marks(read_marks(path), images[0] if images else None)
    return FingerProbe(template, parse_finger(given.fingers))
