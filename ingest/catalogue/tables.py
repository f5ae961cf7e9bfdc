"""The tables. Plain SQL that SQLite and PostgreSQL both speak; a test holds them equal to the migrations.

Big columns (``text``, ``body``) stand last: SQLite then reads the small ones without touching their pages.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

# The newest revision in migrations/versions. Start-up compares this with the database and imports
# Alembic only when they differ.
HEAD = "0003"
VERSION_TABLE = "catalogue_schema"


class UtcTime(sa.TypeDecorator[datetime]):
    """A moment in UTC: aware in Python on every database (SQLite itself keeps no zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store an aware moment as UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the stored moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("created_at", UtcTime, nullable=False),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("report_id", sa.String(36), sa.ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    # When it began to answer, and when another version took over; None until then.
    sa.Column("published_at", UtcTime),
    sa.Column("superseded_at", UtcTime),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.String(128), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("format", sa.String(32), nullable=False),
    sa.Column("reading_version", sa.String(64), nullable=False),
    sa.Column("fingerprint", sa.String(256), nullable=False),
    # Folded issuer, number and date in one string; "" where one of them is missing.
    sa.Column("identity", sa.Text, nullable=False),
    # Folded and padded with blanks, so that whole words can be matched with LIKE.
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("first_year", sa.Integer),
    sa.Column("last_year", sa.Integer),
    sa.Column("first_month", sa.Integer),
    sa.Column("last_month", sa.Integer),
    sa.Column("balance", sa.JSON, nullable=False),
    sa.Column("meta", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Index("ix_versions_report_id", "report_id"),
    sa.Index("ix_versions_identity", "identity"),
    sa.Index("uq_versions_sha256_generation", "sha256", "generation", unique=True),
)
_IS_VISIBLE = versions.c.status == "visible"
# Invariant 3, held by the database itself: one visible version for each report, and for each file.
sa.Index(
    "uq_versions_visible_report",
    versions.c.report_id,
    unique=True,
    sqlite_where=_IS_VISIBLE,
    postgresql_where=_IS_VISIBLE,
)
sa.Index(
    "uq_versions_visible_sha256",
    versions.c.sha256,
    unique=True,
    sqlite_where=_IS_VISIBLE,
    postgresql_where=_IS_VISIBLE,
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("version_id", sa.String(36), sa.ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(36), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("section", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Index("uq_passages_version_id_id", "version_id", "id", unique=True),
)

figures = sa.Table(
    "figures",
    metadata,
    sa.Column("version_id", sa.String(36), sa.ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("passage_id", sa.String(36), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    # Decimals as written text: no database rounds them.
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("indicator", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

# Pages of files that have them. The words with their boxes are many and wanted one page at a time.
pages = sa.Table(
    "pages",
    metadata,
    sa.Column("version_id", sa.String(36), sa.ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("words", sa.JSON, nullable=False),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("started_at", UtcTime),
    sa.Column("finished_at", UtcTime),
    # When the worker last gave a sign of life.
    sa.Column("seen_at", UtcTime),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("stage", sa.String(32), nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("error_code", sa.String(64), nullable=False),
    sa.Column("error_message", sa.Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("result", sa.JSON, nullable=False),
    sa.Index("ix_jobs_status_created_at", "status", "created_at"),
)

# One row (id 1): a number that grows with every visible change.
state = sa.Table(
    "catalogue_state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
)


def count_change(db: sa.Connection) -> None:
    """Count a change of what is visible, inside the caller's transaction."""
    db.execute(sa.update(state).values(revision=state.c.revision + 1))
