"""The owner's choice of who may see a latent, which holds from the next answer on."""

from __future__ import annotations

from dataclasses import replace

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest
from engine.gallery.catalogue import Catalogue
from engine.gallery.latent_store import (
    find_latent_facts,
    read_latent_revision,
    write_latent_handling,
)
from engine.handling import (
    Handled,
    HandlingChange,
    changed,
    changing,
    check_retention,
    require_current,
    require_officer,
    require_owner,
    told,
)


def look_up_latent_handling(catalogue: Catalogue, latent_id: str, asker: Asker) -> Handled:
    """How a latent is handled, for the people of its owner.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: it is another bureau's.
    """
    with catalogue.recording() as connection:
        found = find_latent_facts(connection, [latent_id]).get(latent_id)
        facts = require_owner(found, asker, "latent", latent_id)
        audit.record(connection, asker, "read.latent-handling", latent_id, {})
        return Handled(facts.handling[0], facts, read_latent_revision(connection, latent_id))


def change_latent_handling(
    catalogue: Catalogue, latent_id: str, wanted: HandlingChange, revision: int, asker: Asker
) -> Handled:
    """Change who may see a latent, and until when.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: the asker is no officer of its owner, or would lose sight of it.
        StaleVersion: it is at another revision.
        BadRequest: the retention date is past, or later than it can be; or a status is given.
    """
    if wanted.status is not None:
        raise BadRequest("status: that of a person; a latent is nobody's")
    with changing(catalogue, wanted, asker) as change:
        found = find_latent_facts(change.connection, [latent_id]).get(latent_id)
        old = require_officer(found, asker, "latent", latent_id)
        require_current(read_latent_revision(change.connection, latent_id), revision)
        if wanted.retention_until is not None:
            check_retention(wanted.retention_until)
        own = changed(old.handling[0], wanted)
        until = wanted.retention_until or old.retention_until
        new = replace(old, retention_until=until, handling=(own,))
        write_latent_handling(change, latent_id, new)
        audit.record(change.connection, asker, "latent.handle", latent_id, told(new))
        return Handled(own, new, revision + 1)
