"""Stored API keys: digests only, never a token."""

from __future__ import annotations

from sqlalchemy import Engine, Row, insert, select, update

from ingest.catalogue.engine import reading, writing
from service.auth.keys import KeyInfo, NewKey, new_key
from service.auth.roles import Role
from service.errors import Missing
from service.store.database import now
from service.store.tables import API_KEY


class ApiKeys:
    """Keys in the database behind ``engine``; methods raise ``CatalogueUnavailable`` when it fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, *, label: str, role: Role) -> NewKey:
        """Store a fresh key and return it; its token cannot be read again."""
        key = new_key()
        row = {"id": key.id, "label": label, "role": str(role), "digest": key.digest, "created_at": now()}
        with writing(self._engine) as connection:
            connection.execute(insert(API_KEY).values(row))
        return key

    def find(self, key_digest: str) -> KeyInfo | None:
        """Return the valid key with this digest; None if there is none or it is revoked."""
        wanted = select(API_KEY).where(API_KEY.c.digest == key_digest, API_KEY.c.revoked_at.is_(None))
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _info(row)

    def list(self) -> tuple[KeyInfo, ...]:
        """Return all keys, revoked ones too, oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(API_KEY).order_by(API_KEY.c.created_at, API_KEY.c.id)).all()
        return tuple(_info(row) for row in rows)

    def any_valid(self) -> bool:
        """Tell whether at least one key is not revoked."""
        with reading(self._engine) as connection:
            return (
                connection.execute(select(API_KEY.c.id).where(API_KEY.c.revoked_at.is_(None)).limit(1)).first()
                is not None
            )

    def revoke(self, key_id: str) -> None:
        """Make a key useless at once; revoking twice changes nothing. Raises ``Missing``."""
        with writing(self._engine) as connection:
            if connection.execute(select(API_KEY.c.id).where(API_KEY.c.id == key_id)).first() is None:
                raise Missing("Không có khóa nào mang mã này.")
            valid = (API_KEY.c.id == key_id) & API_KEY.c.revoked_at.is_(None)
            connection.execute(update(API_KEY).where(valid).values(revoked_at=now()))


def _info(row: Row[tuple[object, ...]]) -> KeyInfo:
    return KeyInfo(id=row.id, label=row.label, role=row.role, created_at=row.created_at, revoked_at=row.revoked_at)
