"""Rows ⇄ records: what goes into the tables and what comes out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ingest.catalogue import codec, keys, page_codec
from ingest.catalogue.records import Job, JobStatus, NewVersion, VersionInfo, VersionStatus
from ingest.catalogue.tables import versions

Row = dict[str, Any]

# The columns of ``VersionInfo``: everything small.
INFO_COLUMNS = (
    versions.c.id,
    versions.c.report_id,
    versions.c.status,
    versions.c.name,
    versions.c.sha256,
    versions.c.media_type,
    versions.c.size,
    versions.c.meta,
    versions.c.created_at,
    versions.c.published_at,
    versions.c.superseded_at,
    versions.c.balance,
    versions.c.reading_version,
    versions.c.fingerprint,
)


def version_row(new: NewVersion, *, version_id: str, report_id: str, now: datetime) -> Row:
    """Return the row of a version to be staged."""
    meta = new.report.meta
    first_year, last_year = keys.years(meta)
    first_month, last_month = keys.months(meta)
    return {
        "id": version_id,
        "report_id": report_id,
        "status": VersionStatus.STAGED.value,
        "created_at": now,
        "sha256": new.sha256,
        "generation": new.generation,
        "name": new.name,
        "media_type": new.media_type,
        "size": new.size,
        "format": new.report.format,
        "reading_version": new.reading_version,
        "fingerprint": new.fingerprint,
        "identity": keys.identity(meta),
        "issuer": keys.padded(meta.issuer),
        "area": keys.padded(meta.area),
        "first_year": first_year,
        "last_year": last_year,
        "first_month": first_month,
        "last_month": last_month,
        "balance": codec.pack_balance(new.balance),
        "meta": codec.pack_meta(meta),
        "text": new.report.text,
        "body": codec.pack_body(new.report),
    }


def passage_rows(new: NewVersion, *, version_id: str) -> list[Row]:
    """Return one row for each passage."""
    return [
        {
            "version_id": version_id,
            "ordinal": p.ordinal,
            "id": p.id,
            "kind": p.kind.value,
            "section": p.section,
            "text": p.text,
            "body": codec.pack_passage(p),
        }
        for p in new.passages
    ]


def figure_rows(new: NewVersion, *, version_id: str) -> list[Row]:
    """Return one row for each figure of each passage, in order."""
    pairs = ((p.id, f) for p in new.passages for f in new.figures.get(p.id, ()))
    return [
        {
            "version_id": version_id,
            "position": position,
            "passage_id": passage_id,
            "text": f.text,
            "value": str(f.value),
            "unit": f.unit,
            "role": f.role.value,
            "indicator": f.indicator,
            "body": codec.pack_figure(f),
        }
        for position, (passage_id, f) in enumerate(pairs)
    ]


def page_rows(new: NewVersion, *, version_id: str) -> list[Row]:
    """Return one row for each page."""
    return [
        {
            "version_id": version_id,
            "number": page.number,
            "body": page_codec.pack_page(page),
            "words": page_codec.pack_words(page.words),
        }
        for page in new.report.pages
    ]


def version_info(row: Mapping[Any, Any]) -> VersionInfo:
    """Return the info of a row with ``INFO_COLUMNS``."""
    return VersionInfo(
        report_id=row["report_id"],
        version_id=row["id"],
        status=VersionStatus(row["status"]),
        name=row["name"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        size=row["size"],
        meta=codec.unpack_meta(row["meta"]),
        created_at=row["created_at"],
        published_at=row["published_at"],
        superseded_at=row["superseded_at"],
        counts=codec.unpack_balance(row["balance"]),
        reading_version=row["reading_version"],
        fingerprint=row["fingerprint"],
    )


def job(row: Mapping[Any, Any]) -> Job:
    """Return the job of a row of the jobs table."""
    fields: Row = dict(row)
    fields.pop("seen_at")
    return Job(**{**fields, "status": JobStatus(fields["status"])})
