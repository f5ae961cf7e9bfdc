"""How a report was read: balance sheet, what the machine made of the text, where it stands on the pages."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from ingest.domain import Span
from ingest.locating import boxes, pages_of
from service.api.deps import PROBLEM_RESPONSES, ReaderDep, ServicesDep
from service.api.reading_schemas import BoxesOut, ParsedOut, ReadingOut, box_out, parsed_out, reading_out
from service.api.report_versions import CACHE, Version, stored_of, version_of
from service.api.schemas import Id
from service.errors import RequestInvalid

MAX_OFFSET = 100_000_000
Offset = Annotated[int, Query(ge=0, le=MAX_OFFSET)]


class Dpi(IntEnum):
    """How finely a page is drawn: to be read on a screen, or to look closer."""

    SCREEN = 110
    FINE = 200


router = APIRouter(prefix="/v1/reports", tags=["reports"], responses=PROBLEM_RESPONSES)


@router.get("/{report_id}/balance", operation_id="getReportBalance", summary="Báo cáo được đọc đủ tới đâu")
def get_balance(report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None) -> ReadingOut:
    """Return the balance sheet, every issue with its place, and how well the report was read."""
    return reading_out(stored_of(services, report_id, version))


@router.get("/{report_id}/parsed", operation_id="getReportParsed", summary="Máy đọc được gì trong báo cáo")
def get_parsed(report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None) -> ParsedOut:
    """Return sections, paragraphs, footnotes, tables and pages with their places in the text."""
    return parsed_out(stored_of(services, report_id, version))


@router.get(
    "/{report_id}/pages/{number}/image",
    operation_id="getReportPageImage",
    summary="Ảnh một trang gốc",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def get_page_image(
    request: Request,
    report_id: Id,
    number: Annotated[int, Path(ge=1, le=100_000)],
    services: ServicesDep,
    principal: ReaderDep,
    version: Version = None,
    dpi: Annotated[Dpi, Query(description="Điểm ảnh mỗi inch")] = Dpi.SCREEN,
) -> Response:
    """Return a page of the original as a picture, of formats that have pages."""
    info = version_of(services, report_id, version)
    headers = {"ETag": f'"{info.version_id}-{number}-{dpi}"', **CACHE}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    services.catalogue.page(info.version_id, number)
    image = services.page_images.page(info.sha256, number, dpi=dpi)
    return Response(image, media_type="image/png", headers=headers)


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
