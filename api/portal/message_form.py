"""Messages as forms send them."""

from __future__ import annotations

from api.bodies import Upload
from api.portal.forms import PortalForm
from engine.errors import BadRequest
from engine.messages import Attachment, Draft, Priority, parse_organisation
from engine.messages.attachment import TYPES
from engine.messaging.sending import NewThread

UNKNOWN = "application/octet-stream"


def read_draft(form: PortalForm) -> Draft:
    """The message of a form, with its files.

    Raises:
        BadRequest: there is no such priority.
    """
    priority = form.one("priority")
    if priority not in set(Priority):
        raise BadRequest("priority: choose one of the three")
    return Draft(form.one("text"), Priority(priority), tuple(map(_attach, form.files)))


def read_new_thread(form: PortalForm) -> NewThread:
    """The thread that a form wants to open.

    Raises:
        BadRequest: an organisation is unknown.
    """
    named = " ".join(form.many("to")).replace(",", " ").split()
    return NewThread(form.one("subject"), frozenset(map(parse_organisation, named)))


def _attach(sent: Upload) -> Attachment:
    """A file, its type told from what it holds; one of no known type is refused later."""
    known = (name for name, (_, fits) in TYPES.items() if fits(sent.data))
    return Attachment(sent.name, next(known, UNKNOWN), sent.data)
