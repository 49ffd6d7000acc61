"""Latents that tests make up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.asker import Asker
from engine.gallery.gallery import Gallery
from engine.identity.clearance import Clearance
from engine.identity.roles import Role
from engine.latents.adding import LatentOrder, enrol_latent
from engine.latents.latent import Latent
from engine.latents.marking import Mark
from engine.policy import Handling, parse_recipients
from engine.records import MinutiaType, Template
from support import disturb, make_template

FRENCH = Asker(
    "examiner@fr",
    "FR",
    "investigation",
    "FR-case-1",
    "FR",
    frozenset({Role.NCB_OFFICER}),
    clearance=Clearance.CONFIDENTIAL,
)
GERMAN = replace(FRENCH, actor="examiner@de", ncb="DE", bureau="DE", case_ref="DE-case-1")
JAPANESE = replace(FRENCH, actor="examiner@jp", ncb="JP", bureau="JP", case_ref="JP-case-1")
HIDDEN = Handling(parse_recipients("DENY", ["JP"]))


def part_of(seed: int, count: int = 16) -> Template:
    """A part of the finger of this seed, moved and turned, as a scene might show it."""
    whole = disturb(make_template(seed), seed + 1000, drop=0.0)
    xy = whole.minutiae.xy
    near = np.argsort(np.linalg.norm(xy - xy.mean(axis=0), axis=1), kind="stable")[:count]
    old = whole.minutiae
    kept = replace(
        old,
        xy=old.xy[near],
        direction=old.direction[near],
        type=old.type[near],
        quality=old.quality[near],
    )
    return replace(whole, minutiae=kept)


def marks_of(template: Template) -> tuple[Mark, ...]:
    """The minutiae of a template as an examiner's marks."""
    found = template.minutiae
    return tuple(
        Mark(x, y, direction, MinutiaType(kind), quality)
        for (x, y), direction, kind, quality in zip(
            found.xy.tolist(),
            found.direction.tolist(),
            found.type.tolist(),
            found.quality.tolist(),
            strict=True,
        )
    )


def add_part(
    gallery: Gallery, seed: int, asker: Asker = FRENCH, handling: Handling | None = None
) -> Latent:
    """Record a part of the finger of this seed as an examiner has marked it."""
    order = LatentOrder(
        id=f"{asker.ncb}-L-{seed}",
        marks=marks_of(part_of(seed)),
        handling=handling or Handling(),
    )
    return enrol_latent(gallery.catalogue, order, None, asker)  # type: ignore[arg-type]
