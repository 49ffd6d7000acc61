"""Run by Alembic: applies the migrations on the connection that `schema` hands over."""

from alembic import context

from engine.gallery import (  # noqa: F401 - each adds its tables
    centre_tables,
    event_tables,
    examination_tables,
    identity_tables,
    key_tables,
    latent_tables,
    message_tables,
    notice_tables,
    upkeep_tables,
)
from engine.gallery.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
