"""Brings the service's tables up to date, in the catalogue's database and through its connections.

Migrations are an ordered tuple of functions; ``service_schema`` holds the number of the last one run. The catalogue
migrates its own tables with Alembic; the service's handful of statements would not pay for its import at each start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text

from ingest.catalogue.engine import open_engine, reading, writing
from service.errors import StoreUnavailable
from service.store.tables import API_KEY, AUDIT, CONVERSATION, FEEDBACK, METADATA, SCHEMA_VERSION, TURN

# Any number will do, as long as every replica takes the same advisory lock while it migrates.
_POSTGRES_LOCK = 720_231_104


def open_store(url: str) -> Engine:
    """Open the database at ``url`` and migrate the service's tables.

    The engine may be used from every thread; ``dispose()`` it at the end. Raises ``CatalogueUnavailable`` as every
    use of the database does, and ``StoreUnavailable`` for tables of a newer program.
    """
    engine = open_engine(url)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def migrate(engine: Engine) -> int:
    """Run the migrations that are missing and return the version reached (the number of migrations)."""
    if _reached(engine) == len(MIGRATIONS):
        return len(MIGRATIONS)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
        SCHEMA_VERSION.create(connection, checkfirst=True)
        reached = _last_version(connection)
        if reached > len(MIGRATIONS):
            raise StoreUnavailable("Cơ sở dữ liệu do phiên bản mới hơn tạo ra; hãy cập nhật chương trình.")
        for number, step in enumerate(MIGRATIONS[reached:], start=reached + 1):
            step(connection)
            connection.execute(insert(SCHEMA_VERSION).values(version=number))
    return len(MIGRATIONS)


def check(engine: Engine) -> None:
    """Raise ``CatalogueUnavailable`` or ``StoreUnavailable`` unless the database answers and has our tables."""
    if _reached(engine) != len(MIGRATIONS):
        raise StoreUnavailable("Cơ sở dữ liệu không có đúng các bảng của dịch vụ.")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def _reached(engine: Engine) -> int:
    with reading(engine) as connection:
        return _last_version(connection) if inspect(connection).has_table(SCHEMA_VERSION.name) else 0


def _last_version(connection: Connection) -> int:
    return connection.scalar(select(func.max(SCHEMA_VERSION.c.version))) or 0


def _first_tables(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[CONVERSATION, TURN, FEEDBACK, API_KEY, AUDIT], checkfirst=True)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first_tables,)
