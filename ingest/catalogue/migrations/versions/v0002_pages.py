"""Pages of PDF files and scans, with the boxes of their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of pages."""
    op.create_table(
        "pages",
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "number", name="pk_pages"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_pages_versions_version_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Remove the table of pages."""
    op.drop_table("pages")
