"""Run by Alembic: applies the revisions on the connection that ``migrate`` hands over."""

from __future__ import annotations

from alembic import context

from ingest.catalogue.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite cannot alter most things in place: batch mode copies the table instead.
    render_as_batch=True,
)
context.run_migrations()
