"""How a report was read: balance sheet, what the machine made of the text, where it stands on the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ingest.domain import Span
from ingest.locating import boxes, pages_of
from service.api.deps import PROBLEM_RESPONSES, ReaderDep, ServicesDep
from service.api.reading_schemas import BoxesOut, ParsedOut, ReadingOut, box_out, parsed_out, reading_out
from service.api.report_versions import Version, stored_of
from service.api.schemas import Id
from service.errors import RequestInvalid

MAX_OFFSET = 100_000_000
Offset = Annotated[int, Query(ge=0, le=MAX_OFFSET)]

router = APIRouter(prefix="/v1/reports", tags=["reports"], responses=PROBLEM_RESPONSES)


@router.get("/{report_id}/balance", operation_id="getReportBalance", summary="Báo cáo được đọc đủ tới đâu")
def get_balance(report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None) -> ReadingOut:
    """Return the balance sheet, every issue with its place, and how well the report was read."""
    return reading_out(stored_of(services, report_id, version))


@router.get("/{report_id}/parsed", operation_id="getReportParsed", summary="Máy đọc được gì trong báo cáo")
def get_parsed(report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None) -> ParsedOut:
    """Return sections, paragraphs, footnotes, tables and pages with their places in the text."""
    return parsed_out(stored_of(services, report_id, version))


@router.get("/{report_id}/boxes", operation_id="getReportBoxes", summary="Một đoạn nằm ở đâu trên trang gốc")
def get_boxes(
    report_id: Id, services: ServicesDep, principal: ReaderDep, start: Offset, end: Offset, version: Version = None
) -> BoxesOut:
    """Return one box for each printed line of the characters ``[start, end)``."""
    if end <= start:
        raise RequestInvalid("Đoạn cần có ít nhất một ký tự: end phải lớn hơn start.")
    stored, span = stored_of(services, report_id, version), Span(start, end)
    version_id = stored.info.version_id
    found = [
        box_out(box)
        for number in pages_of(stored.report, span)
        for box in boxes(services.catalogue.page(version_id, number), span)
    ]
    return BoxesOut(version_id=version_id, boxes=found)
