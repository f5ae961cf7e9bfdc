"""The service's own tables, in the same database as the catalogue; changed only through ``service.store.database``.

Times are UTC. Ids are opaque random strings. ``payload`` is an answer as sent, so that a reload shows the
same citations.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from ingest.catalogue.tables import UtcTime

METADATA = MetaData()

SCHEMA_VERSION = Table("service_schema", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))

CONVERSATION = Table(
    "conversation",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_conversation_owner", "owner", "updated_at", "id"),
)

TURN = Table(
    "turn",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ux_turn_number", "conversation_id", "number", unique=True),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("answer_id", ForeignKey("turn.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("subject", String(200), nullable=False),
    Column("rating", String(8), nullable=False),
    Column("reasons", String(200), nullable=False),
    Column("comment", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

API_KEY = Table(
    "api_key",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("label", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("subject", String(200), nullable=False),
    Column("action", String(64), nullable=False),
    Column("object_id", String(200), nullable=False),
    Column("request_id", String(64), nullable=False),
)
