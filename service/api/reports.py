"""Reports: upload, list, read, remove."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ingest.catalogue.records import Job, VersionStatus
from ingest.parse.page_bundle import MAX_PAGES
from service.api.deps import PROBLEM_RESPONSES, EditorDep, ReaderDep, RequestIdDep, ServicesDep
from service.api.paging import cursor_of, read_cursor
from service.api.report_schemas import (
    FiguresOut,
    JobOut,
    ReportOut,
    ReportsOut,
    TextOut,
    TreeOut,
    VersionsOut,
    figure_out,
    job_out,
    report_out,
    tree_out,
    version_out,
)
from service.api.report_versions import CACHE, Version, stored_of, version_of
from service.api.schemas import Id, ShortText, Year
from service.api.uploads import Upload, attachment, read_upload
from service.ports import Services

PAGE_DEFAULT, PAGE_MAX = 200, 1000
Limit = Annotated[int, Query(ge=1, le=PAGE_MAX, description="Số mục mỗi trang")]
_UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                            "minItems": 1,
                            "maxItems": MAX_PAGES,
                            "description": "Một tệp; nhiều ảnh là các trang của một báo cáo",
                        },
                        "replace": {"type": "string", "description": "Mã báo cáo được thay thế"},
                    },
                }
            }
        },
    }
}

router = APIRouter(prefix="/v1/reports", tags=["reports"], responses=PROBLEM_RESPONSES)


@router.post(
    "",
    operation_id="createReport",
    summary="Thêm một báo cáo",
    status_code=202,
    response_model=JobOut,
    openapi_extra=_UPLOAD_BODY,
)
async def create_report(
    request: Request, response: Response, services: ServicesDep, principal: EditorDep, request_id: RequestIdDep
) -> JobOut:
    """Take a file in as a job; a file that cannot be a report is refused at once."""
    upload = await read_upload(request, max_bytes=services.settings.limits.max_upload_bytes, look=services.look)
    job = await run_in_threadpool(_queue, services, upload)
    await run_in_threadpool(
        services.audit.note,
        subject=principal.subject,
        action="report.upload",
        object_id=job.id,
        request_id=request_id,
    )
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return job_out(job)


@router.get("", operation_id="listReports", summary="Danh sách báo cáo")
def list_reports(
    services: ServicesDep,
    principal: ReaderDep,
    after: Annotated[str | None, Query(max_length=200, description="Con trỏ «next» của trang trước")] = None,
    limit: Limit = PAGE_DEFAULT,
    issuer: ShortText = "",
    place: ShortText = "",
    year: Year | None = None,
) -> ReportsOut:
    """Return reports, newest first."""
    found = services.catalogue.visible(issuer=issuer, area=place, year=year)
    ordered = sorted(found, key=lambda info: (info.created_at, info.report_id), reverse=True)
    seen = read_cursor(after)
    rest = [info for info in ordered if seen is None or (info.created_at, info.report_id) < seen]
    page = rest[:limit]
    following = cursor_of(page[-1].created_at, page[-1].report_id) if len(rest) > limit else None
    return ReportsOut(reports=[report_out(info) for info in page], next=following)


@router.get("/{report_id}", operation_id="getReport", summary="Một báo cáo")
def get_report(report_id: Id, services: ServicesDep, principal: ReaderDep) -> ReportOut:
    """Return what is known of a report's current version."""
    return report_out(services.catalogue.current(report_id))


@router.delete("/{report_id}", operation_id="deleteReport", summary="Gỡ một báo cáo", status_code=204)
def delete_report(report_id: Id, services: ServicesDep, principal: EditorDep, request_id: RequestIdDep) -> None:
    """Remove a report with all its versions, from answers, index and disk."""
    services.ingestor.remove(report_id)
    services.page_images.forget(all_but=services.catalogue.sha256s())
    services.audit.note(subject=principal.subject, action="report.delete", object_id=report_id, request_id=request_id)


@router.get(
    "/{report_id}/text",
    operation_id="getReportText",
    summary="Văn bản chuẩn của báo cáo",
    response_model=TextOut,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_report_text(
    request: Request, report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None
) -> Response:
    """Return the canonical text that citations count in, as JSON or, if asked for, as plain text."""
    stored = stored_of(services, report_id, version)
    plain = "text/plain" in request.headers.get("accept", "")
    tag = f'"{stored.info.version_id}-{"plain" if plain else "json"}"'
    headers = {"ETag": tag, **CACHE}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if plain:
        return PlainTextResponse(stored.report.text, headers=headers)
    return JSONResponse({"version_id": stored.info.version_id, "text": stored.report.text}, headers=headers)


@router.get("/{report_id}/tree", operation_id="getReportTree", summary="Cây mục của báo cáo")
def get_report_tree(report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None) -> TreeOut:
    """Return the sections as a tree with their places in the text."""
    return tree_out(stored_of(services, report_id, version))


@router.get("/{report_id}/figures", operation_id="listReportFigures", summary="Số liệu trong báo cáo")
def list_report_figures(
    report_id: Id,
    services: ServicesDep,
    principal: ReaderDep,
    version: Version = None,
    after: Annotated[int, Query(ge=0, le=10_000_000, description="Con trỏ «next» của trang trước")] = 0,
    limit: Limit = PAGE_DEFAULT,
) -> FiguresOut:
    """Return the figures read from the report, in the order of the text."""
    stored = stored_of(services, report_id, version)
    found = [figure for passage in stored.passages for figure in stored.figures[passage.id]]
    # A version's figures never change, so a place in their order is a key.
    following = str(after + limit) if after + limit < len(found) else None
    return FiguresOut(
        version_id=stored.info.version_id,
        figures=[figure_out(figure) for figure in found[after : after + limit]],
        next=following,
    )


@router.get(
    "/{report_id}/original",
    operation_id="getReportOriginal",
    summary="Tệp gốc",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def get_report_original(
    report_id: Id, services: ServicesDep, principal: ReaderDep, version: Version = None
) -> Response:
    """Return the file as it was uploaded, always as a download."""
    info = version_of(services, report_id, version)
    return Response(
        services.originals.read(info.sha256),
        media_type="application/octet-stream",
        headers={"Content-Disposition": attachment(info.name), "X-Content-Type-Options": "nosniff", **CACHE},
    )


@router.get("/{report_id}/versions", operation_id="listReportVersions", summary="Các phiên bản của báo cáo")
def list_report_versions(report_id: Id, services: ServicesDep, principal: ReaderDep) -> VersionsOut:
    """Return every version that answers or did, with the time in which it was in force."""
    history = services.catalogue.history(services.catalogue.current(report_id).report_id)
    shown = [version_out(info) for info in history if info.status is not VersionStatus.STAGED]
    return VersionsOut(report_id=report_id, versions=shown)


def _queue(services: Services, upload: Upload) -> Job:
    if upload.replace is not None:
        services.catalogue.current(upload.replace)
    return services.worker.queue(upload.data, name=upload.name, replace=upload.replace)
