"""Schema changes, one file each in ``versions/``, applied in order by Alembic.

A change is a new file ``v<NNNN>_<what>.py`` written by hand (copy the newest), its number in ``tables.HEAD``; a test
compares the result with ``tables.metadata``. Released files are never edited: they hold the schema as it was then,
so they do not import ``tables``.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ingest.catalogue.tables import HEAD


def migrate(connection: sa.Connection) -> None:
    """Bring the database of ``connection`` to ``HEAD`` inside its open transaction."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def alembic_config() -> Config:
    """Return the configuration that points at this folder."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
