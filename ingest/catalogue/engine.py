"""Connections: how the database is opened, brought to the newest revision, and how its errors are told.

SQLite runs in WAL mode with ``synchronous=FULL``: the catalogue is the truth, a report said to be stored must
survive a power cut, and a report costs two commits (some milliseconds of fsync), so NORMAL would save nothing
that anyone notices. Writers begin with ``BEGIN IMMEDIATE``: a reader that turns writer would otherwise fail at
once with "database is locked" instead of waiting its turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ingest.catalogue.tables import HEAD, VERSION_TABLE
from ingest.disk_room import is_no_room
from ingest.errors import CatalogueUnavailable, DiskFull

BUSY_TIMEOUT_MS = 10_000  # how long a writer waits for another before it gives up
_UPGRADE_LOCK = 0x686263_01  # any number, the same in every process ("hbc", 1)
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # a removed report's text is overwritten, not left in free pages
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
)


def open_engine(url: str) -> sa.Engine:
    """Return an engine for ``url`` with our settings; connects to nothing yet.

    Makes the folder of a SQLite file. Raises ``CatalogueUnavailable`` for a URL that cannot be used.
    """
    with told():
        try:
            parsed = sa.make_url(url)
            engine = sa.create_engine(parsed, json_serializer=partial(json.dumps, ensure_ascii=False))
        except (ArgumentError, ModuleNotFoundError) as error:
            raise CatalogueUnavailable(
                f"Địa chỉ cơ sở dữ liệu không dùng được: {error}", code="catalogue-url"
            ) from error
        if _is_sqlite(engine):
            if parsed.database and parsed.database != ":memory:":
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            _tune_sqlite(engine)
        return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection in one read transaction: all it reads is of one moment."""
    # SQLite's read transactions are snapshots already; PostgreSQL's only from this level on.
    options = {} if _is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}
    with told(), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection in one write transaction, committed at the end, rolled back on any error."""
    with told(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def told() -> Iterator[None]:
    """Turn database and file-system errors into ``CatalogueUnavailable``, those of a full disk into ``DiskFull``."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        if is_no_room(cause):
            raise DiskFull from error
        raise CatalogueUnavailable(f"Không dùng được cơ sở dữ liệu danh mục: {cause}") from error


def upgrade(engine: sa.Engine) -> None:
    """Bring the database to revision ``HEAD``; does nothing when it is there already.

    Raises ``CatalogueUnavailable`` (code catalogue-newer) when a newer program wrote the database.
    """
    with reading(engine) as connection:
        found = _revision(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise CatalogueUnavailable(
            f"Cơ sở dữ liệu ở phiên bản {found}, mới hơn phiên bản {HEAD} của chương trình; hãy cập nhật chương trình.",
            code="catalogue-newer",
        )
    # Alembic takes longer to import than the rest of a start-up: only when there is work for it.
    from ingest.catalogue.migrations import migrate

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":  # SQLite's writers wait for each other anyway
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        if _revision(connection) != HEAD:  # another process may have done it while we waited
            migrate(connection)


def damage(engine: sa.Engine) -> str:
    """Return what SQLite finds wrong in its file, "" for nothing (and for a server, which looks after its own)."""
    if not _is_sqlite(engine):
        return ""
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except SQLAlchemyError as error:
        return str(getattr(error, "orig", None) or error)
    return "" if found == "ok" else str(found)


def wipe(engine: sa.Engine) -> None:
    """Write what was removed out of SQLite's log, which keeps old pages until it is written through; best effort."""
    if _is_sqlite(engine):
        with suppress(SQLAlchemyError), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    table = sa.table(VERSION_TABLE, sa.column("version_num", sa.String))
    return connection.scalar(sa.select(table.c.version_num))


def _is_sqlite(engine: sa.Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _tune_sqlite(engine: sa.Engine) -> None:
    # The sqlite3 module would begin transactions by itself, and only before writes; with None we say when.
    @event.listens_for(engine, "connect")
    def on_connect(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
