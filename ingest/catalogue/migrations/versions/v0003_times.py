"""When a version began to answer and when another took over from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both times; older versions get those of staging, which was moments before."""
    moment = sa.DateTime(timezone=True)
    op.add_column("versions", sa.Column("published_at", moment, nullable=True))
    op.add_column("versions", sa.Column("superseded_at", moment, nullable=True))
    versions = sa.table(
        "versions",
        sa.column("report_id", sa.String),
        sa.column("status", sa.String),
        sa.column("created_at", moment),
        sa.column("published_at", moment),
        sa.column("superseded_at", moment),
    )
    next_one = versions.alias("next_one")
    shown = ("visible", "superseded")
    taken_over = (
        sa.select(sa.func.min(next_one.c.created_at))
        .where(
            next_one.c.report_id == versions.c.report_id,
            next_one.c.status.in_(shown),
            next_one.c.created_at > versions.c.created_at,
        )
        .scalar_subquery()
    )
    op.execute(sa.update(versions).where(versions.c.status.in_(shown)).values(published_at=versions.c.created_at))
    op.execute(sa.update(versions).where(versions.c.status == "superseded").values(superseded_at=taken_over))


def downgrade() -> None:
    """Remove both times."""
    with op.batch_alter_table("versions") as table:
        table.drop_column("superseded_at")
        table.drop_column("published_at")
