"""Who changed what and when. Rows are only ever added."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select

from ingest.catalogue.engine import reading, writing
from service.store.database import now
from service.store.tables import AUDIT


class AuditLog:
    """The audit table behind ``engine``; methods raise ``CatalogueUnavailable`` when it fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, *, subject: str, action: str, object_id: str, request_id: str = "") -> None:
        """Add a row: ``subject`` did ``action`` ("report.upload") to ``object_id``."""
        row = {"at": now(), "subject": subject, "action": action, "object_id": object_id, "request_id": request_id}
        with writing(self._engine) as connection:
            connection.execute(insert(AUDIT).values(row))

    def last(self, limit: int) -> tuple[tuple[str, str, str], ...]:
        """Return (subject, action, object id) of at most ``limit`` rows, newest first."""
        wanted = select(AUDIT.c.subject, AUDIT.c.action, AUDIT.c.object_id).order_by(AUDIT.c.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple((row.subject, row.action, row.object_id) for row in connection.execute(wanted))
