"""Which version of a report a request means, and how long its parts may be kept by a browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from ingest.catalogue.records import StoredVersion, VersionInfo, VersionStatus
from service.api.schemas import Id
from service.errors import Missing
from service.ports import Services

Version = Annotated[Id | None, Query(description="Mã phiên bản; bỏ trống là phiên bản đang dùng")]
# A version never changes; which one is current does, so a cache must ask again.
CACHE = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization, X-API-Key"}


def version_of(services: Services, report_id: str, version_id: str | None) -> VersionInfo:
    """Return a version that is or was visible, of a report that still is. Raises ``Missing``, ``NotFound``."""
    current = services.catalogue.current(report_id)
    if version_id is None or version_id == current.version_id:
        return current
    for info in services.catalogue.history(report_id):
        if info.version_id == version_id and info.status is VersionStatus.SUPERSEDED:
            return info
    raise Missing("Không có phiên bản này của báo cáo.")


def stored_of(services: Services, report_id: str, version_id: str | None) -> StoredVersion:
    """Return a version whole but for the words of its pages. Raises as ``version_of``."""
    return services.catalogue.load(version_of(services, report_id, version_id).version_id)
