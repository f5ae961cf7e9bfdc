"""The catalogue itself: reports and their versions, kept whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from ingest.catalogue import codec, keys, page_codec, rows
from ingest.catalogue.engine import open_engine, reading, upgrade, wipe, writing
from ingest.catalogue.jobs import ACTIVE, Jobs, forget_jobs
from ingest.catalogue.records import NewVersion, RemovedReport, StoredVersion, VersionInfo, VersionStatus
from ingest.catalogue.tables import count_change, figures, jobs, pages, passages, reports, state, versions
from ingest.catalogue.timeline import Timeline, find_infos
from ingest.domain import Figure, Page, ReportMeta
from ingest.errors import NotFound

Clock = Callable[[], datetime]
_VISIBLE = versions.c.status == VersionStatus.VISIBLE.value
_STAGED = versions.c.status == VersionStatus.STAGED.value


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def open_catalogue(url: str, *, clock: Clock = utc_now) -> Catalogue:
    """Open the database at ``url`` (SQLAlchemy form), bring its tables up to date and return the catalogue.

    Raises ``CatalogueUnavailable``.
    """
    engine = open_engine(url)
    upgrade(engine)
    return Catalogue(engine, clock=clock)


class Catalogue:
    """Reports, versions, passages and figures; ``jobs`` and ``timeline`` beside them. Safe to share between threads.

    Every method raises ``CatalogueUnavailable`` when the database cannot be reached. A method that changes
    something is one transaction.
    """

    def __init__(self, engine: sa.Engine, *, clock: Clock) -> None:
        self.engine = engine
        self.jobs = Jobs(engine, clock=clock)
        self.timeline = Timeline(engine)
        self._clock = clock

    def close(self) -> None:
        """Close all connections; idempotent."""
        self.engine.dispose()

    # --- adding a version -------------------------------------------------------------------------------------

    def find_by_sha(self, sha256: str) -> VersionInfo | None:
        """Return the visible version made from these bytes, None if there is none."""
        found = find_infos(self.engine, _VISIBLE, versions.c.sha256 == sha256)
        return found[0] if found else None

    def same_report(self, meta: ReportMeta) -> str | None:
        """Return the id of the visible report with the same issuer, number and date; None if there is none."""
        wanted = keys.identity(meta)
        if not wanted:
            return None
        found = find_infos(self.engine, _VISIBLE, versions.c.identity == wanted)
        return found[-1].report_id if found else None

    def next_generation(self, sha256: str) -> int:
        """Return how many times these bytes were staged before, as far as versions are still kept (0: never)."""
        with reading(self.engine) as db:
            last = db.scalar(sa.select(sa.func.max(versions.c.generation)).where(versions.c.sha256 == sha256))
        return 0 if last is None else int(last) + 1

    def stage(self, new: NewVersion, *, report_id: str | None = None) -> str:
        """Write a version that nobody sees yet and return its id.

        ``report_id`` None starts a new report. Raises ``NotFound`` for an unknown report.
        """
        version_id, now = str(uuid4()), self._clock()
        with writing(self.engine) as db:
            if report_id is None:
                report_id = str(uuid4())
                db.execute(sa.insert(reports).values(id=report_id, created_at=now))
            elif db.scalar(sa.select(reports.c.id).where(reports.c.id == report_id)) is None:
                raise _no_report(report_id)
            db.execute(sa.insert(versions), rows.version_row(new, version_id=version_id, report_id=report_id, now=now))
            _insert_many(db, passages, rows.passage_rows(new, version_id=version_id))
            _insert_many(db, figures, rows.figure_rows(new, version_id=version_id))
            _insert_many(db, pages, rows.page_rows(new, version_id=version_id))
        return version_id

    def publish(self, version_id: str) -> str | None:
        """Make a staged version the visible one of its report; return the version it takes over from, if any.

        Raises ``NotFound`` when no such version is staged.
        """
        with writing(self.engine) as db:
            report_id = db.scalar(sa.select(versions.c.report_id).where(versions.c.id == version_id, _STAGED))
            if report_id is None:
                raise NotFound(f"Không có phiên bản nào đang chờ với mã {version_id}.")
            old = db.scalar(sa.select(versions.c.id).where(versions.c.report_id == report_id, _VISIBLE))
            now = self._clock()
            if old is not None:
                db.execute(_changed(old, status=VersionStatus.SUPERSEDED.value, superseded_at=now))
            db.execute(_changed(version_id, status=VersionStatus.VISIBLE.value, published_at=now))
            count_change(db)
        return None if old is None else str(old)

    def discard(self, version_id: str) -> bool:
        """Remove a staged version, and its report if that has no other; tell whether there was one."""
        with writing(self.engine) as db:
            report_id = db.scalar(sa.select(versions.c.report_id).where(versions.c.id == version_id, _STAGED))
            if report_id is None:
                return False
            db.execute(sa.delete(versions).where(versions.c.id == version_id))
            others = sa.exists().where(versions.c.report_id == report_id)
            db.execute(sa.delete(reports).where(reports.c.id == report_id, ~others))
        return True

    def remove(self, report_id: str) -> RemovedReport:
        """Remove a report with all its versions. Raises ``NotFound``."""
        with writing(self.engine) as db:
            found = db.execute(
                sa.select(versions.c.id, versions.c.sha256).where(versions.c.report_id == report_id)
            ).all()
            shas = dict.fromkeys(row.sha256 for row in found)
            if db.execute(sa.delete(reports).where(reports.c.id == report_id)).rowcount == 0:
                raise _no_report(report_id)
            forget_jobs(db, shas)
            count_change(db)
        wipe(self.engine)
        return RemovedReport(report_id=report_id, version_ids=tuple(row.id for row in found), sha256s=tuple(shas))

    def note_fingerprint(self, version_ids: Collection[str], fingerprint: str) -> None:
        """Note that the points of these versions are now made with another embedding model."""
        with writing(self.engine) as db:
            for version_id in version_ids:
                chosen = sa.update(versions).where(versions.c.id == version_id)
                db.execute(chosen.values(fingerprint=fingerprint))
            count_change(db)

    # --- looking ----------------------------------------------------------------------------------------------

    def revision(self) -> int:
        """Return a number that grows with every change of what is visible; one short query."""
        with reading(self.engine) as db:
            return int(db.execute(sa.select(state.c.revision)).scalar_one())

    def visible(
        self,
        *,
        report_ids: Collection[str] = (),
        issuer: str = "",
        area: str = "",
        year: int | None = None,
        months: tuple[int, int] | None = None,
    ) -> tuple[VersionInfo, ...]:
        """Return the visible versions that meet all conditions, oldest report first.

        ``issuer`` and ``area`` match whole words without accents ("song mo" finds "huyện Sông Mơ").
        ``year`` and ``months`` (first, last; 1-based, inclusive) match reports whose period overlaps them; a report
        of whole years overlaps any month. Empty conditions match all; no report: ().
        """
        where: list[sa.ColumnElement[bool]] = [_VISIBLE]
        if report_ids:
            where.append(versions.c.report_id.in_(sorted(report_ids)))
        for column, name in ((versions.c.issuer, issuer), (versions.c.area, area)):
            words = keys.padded(name)
            if words:
                where.append(column.contains(words, autoescape=True))
            elif name.strip():  # nothing but signs: no report is named so
                where.append(sa.false())
        if year is not None:
            where += [versions.c.first_year <= year, versions.c.last_year >= year]
        if months is not None:
            overlap = sa.and_(versions.c.first_month <= months[1], versions.c.last_month >= months[0])
            where.append(sa.or_(versions.c.first_month.is_(None), overlap))
        return find_infos(self.engine, *where)

    def current(self, report_id: str) -> VersionInfo:
        """Return the visible version of a report. Raises ``NotFound``."""
        found = self.visible(report_ids=(report_id,))
        if not found:
            raise _no_report(report_id)
        return found[0]

    def info(self, version_id: str) -> VersionInfo:
        """Return what is known of a version, whatever its status. Raises ``NotFound``."""
        found = find_infos(self.engine, versions.c.id == version_id)
        if not found:
            raise _no_version(version_id)
        return found[0]

    def history(self, report_id: str) -> tuple[VersionInfo, ...]:
        """Return all versions of a report, oldest first. Raises ``NotFound``."""
        found = find_infos(self.engine, versions.c.report_id == report_id)
        if not found:
            raise _no_report(report_id)
        return found

    def staged(self, *, older_than: timedelta = timedelta(0)) -> tuple[VersionInfo, ...]:
        """Return the versions staged and never published: at work now, or what a crash left if old enough."""
        return find_infos(self.engine, _STAGED, versions.c.created_at <= self._clock() - older_than)

    def load(self, version_id: str) -> StoredVersion:
        """Return a version whole but for the words of its pages, whatever its status. Raises ``NotFound``."""
        wanted = sa.select(*rows.INFO_COLUMNS, versions.c.format, versions.c.text, versions.c.body)
        with reading(self.engine) as db:
            row = db.execute(wanted.where(versions.c.id == version_id)).mappings().one_or_none()
            if row is None:
                raise _no_version(version_id)
            passage_rows = db.execute(_of_version(passages, version_id).order_by(passages.c.ordinal)).mappings().all()
            bodies = db.scalars(_column_of_version(pages.c.body, version_id).order_by(pages.c.number)).all()
            figure_rows = db.execute(_of_version(figures, version_id).order_by(figures.c.position)).mappings().all()
        by_passage: dict[str, list[Figure]] = {p["id"]: [] for p in passage_rows}
        for figure in figure_rows:
            by_passage.setdefault(figure["passage_id"], []).append(codec.unpack_figure(figure))
        return StoredVersion(
            info=rows.version_info(row),
            report=codec.unpack_report(
                row["body"],
                text=row["text"],
                format_=row["format"],
                meta=row["meta"],
                pages=map(page_codec.unpack_page, bodies),
            ),
            passages=tuple(codec.unpack_passage(p) for p in passage_rows),
            figures={passage_id: tuple(found) for passage_id, found in by_passage.items()},
        )

    def page(self, version_id: str, number: int) -> Page:
        """Return page ``number`` (1-based) of a version with its words. Raises ``NotFound``."""
        wanted = sa.select(pages.c.body, pages.c.words)
        with reading(self.engine) as db:
            row = db.execute(wanted.where(pages.c.version_id == version_id, pages.c.number == number)).one_or_none()
        if row is None:
            raise NotFound(f"Phiên bản này không có trang {number}.")
        return page_codec.unpack_page(row.body, row.words)

    def passage_ids(self, version_id: str) -> frozenset[str]:
        """Return the ids of a version's passages; empty for an unknown version."""
        with reading(self.engine) as db:
            return frozenset(db.scalars(sa.select(passages.c.id).where(passages.c.version_id == version_id)))

    def sha256s(self) -> frozenset[str]:
        """Return the SHA-256 of every original that a version, or a job not yet finished, still needs.

        A job names its original in the payload key "sha256".
        """
        with reading(self.engine) as db:
            kept = set(db.scalars(sa.select(versions.c.sha256).distinct()))
            waiting = db.scalars(sa.select(jobs.c.payload).where(jobs.c.status.in_(ACTIVE)))
            return frozenset(kept | {p["sha256"] for p in waiting if "sha256" in p})


def _insert_many(db: sa.Connection, table: sa.Table, values: Iterable[dict[str, Any]]) -> None:
    batch = list(values)
    if batch:  # an insert of no rows would insert one row of defaults
        db.execute(sa.insert(table), batch)


def _of_version(table: sa.Table, version_id: str) -> sa.Select[Any]:
    return sa.select(table).where(table.c.version_id == version_id)


def _column_of_version(column: sa.Column[Any], version_id: str) -> sa.Select[Any]:
    return sa.select(column).where(column.table.c.version_id == version_id)


def _changed(version_id: str, **values: object) -> sa.Update:
    return sa.update(versions).where(versions.c.id == version_id).values(**values)


def _no_report(report_id: str) -> NotFound:
    return NotFound(f"Không có báo cáo nào mang mã {report_id}.")


def _no_version(version_id: str) -> NotFound:
    return NotFound(f"Không có phiên bản nào mang mã {version_id}.")
