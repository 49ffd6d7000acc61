"""The form of an enrolment: a file for each finger, read as the interface for programs reads it."""

from __future__ import annotations

import re
from dataclasses import replace

from api.bodies import Form
from api.portal.forms import PortalForm

_PART = re.compile(r"image(?:-(?P<finger>[a-z_]+))?")


def encounter_form(form: PortalForm) -> Form:
    """The same form with the finger of each file beside it; other files stay as they are."""
    fields = [(name, form.one(name)) for name in ("purpose", "case_ref", "transaction_id")]
    told = [(name, value) for name, value in fields if value]
    files = []
    for file in form.files:
        match = _PART.fullmatch(file.part)
        told += [
            ("finger", (match and match["finger"]) or ""),
            ("impression_type", form.one("impression_type")),
        ]
        files.append(replace(file, part="image") if match else file)
    ppi = form.one("ppi")
    told += [("ppi", ppi) for _ in files if ppi]
    return Form(tuple(told), tuple(files))
