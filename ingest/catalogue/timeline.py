"""Versions in time: which answered at a moment, which are still searched, which may be forgotten.

A version is in force from the moment it is published until another takes over. The same bytes read again by a better
parser are another version of the same file: a question about the past is answered from the newest reading of the file
that was in force then, and only that reading needs points in the index.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from ingest.catalogue import rows
from ingest.catalogue.engine import reading, wipe, writing
from ingest.catalogue.records import VersionInfo, VersionStatus
from ingest.catalogue.tables import count_change, reports, versions

_later = versions.alias("later")
_then = versions.alias("then")
_SHOWN = (VersionStatus.VISIBLE.value, VersionStatus.SUPERSEDED.value)
# The newest reading of its file: no version of the same report and bytes has a higher generation.
_NEWEST_READING = sa.and_(
    versions.c.status.in_(_SHOWN),
    ~sa.exists().where(
        _later.c.report_id == versions.c.report_id,
        _later.c.sha256 == versions.c.sha256,
        _later.c.generation > versions.c.generation,
        _later.c.status.in_(_SHOWN),
    ),
)


def find_infos(engine: sa.Engine, *where: sa.ColumnElement[bool]) -> tuple[VersionInfo, ...]:
    """Return the versions that meet all conditions: oldest report first, its versions from old to new."""
    query = sa.select(*rows.INFO_COLUMNS).join(reports, reports.c.id == versions.c.report_id).where(*where)
    query = query.order_by(reports.c.created_at, reports.c.id, versions.c.created_at, versions.c.generation)
    with reading(engine) as db:
        return tuple(rows.version_info(row) for row in db.execute(query).mappings())


class Timeline:
    """The versions of all reports in time. Every method raises ``CatalogueUnavailable``."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def searchable(self) -> tuple[VersionInfo, ...]:
        """Return every version whose points belong in the index: the visible ones and older files' newest readings."""
        return find_infos(self._engine, _NEWEST_READING)

    def at(self, moment: datetime) -> tuple[VersionInfo, ...]:
        """Return what answered at ``moment`` (aware), one version for each report that was there; () before all.

        Reports removed since are gone from the past too.
        """
        in_force = sa.exists().where(
            _then.c.report_id == versions.c.report_id,
            _then.c.sha256 == versions.c.sha256,
            _then.c.status.in_(_SHOWN),
            _then.c.published_at <= moment,
            sa.or_(_then.c.superseded_at.is_(None), _then.c.superseded_at > moment),
        )
        return find_infos(self._engine, _NEWEST_READING, in_force)

    def superseded(self) -> tuple[VersionInfo, ...]:
        """Return every version that another took over from."""
        return find_infos(self._engine, versions.c.status == VersionStatus.SUPERSEDED.value)

    def shown(self) -> tuple[VersionInfo, ...]:
        """Return every version that answers or did: oldest report first, its versions from old to new."""
        return find_infos(self._engine, versions.c.status.in_(_SHOWN))

    def forget(self, version_ids: Collection[str]) -> tuple[VersionInfo, ...]:
        """Remove superseded versions for good and return those removed; others are left alone."""
        chosen = sa.and_(versions.c.id.in_(sorted(version_ids)), versions.c.status == VersionStatus.SUPERSEDED.value)
        gone = find_infos(self._engine, chosen)
        if gone:
            with writing(self._engine) as db:
                db.execute(sa.delete(versions).where(chosen))
                count_change(db)
            wipe(self._engine)
        return gone
