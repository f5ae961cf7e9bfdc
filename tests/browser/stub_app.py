"""A small stand-in for the service: serves service/web and answers of our own invention, chosen by what is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles

from tests.browser.stub_reading import add_reading

WEB = Path(__file__).parents[2] / "service" / "web"
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
)
XSS = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\'"><svg onload=window.hacked=1>'

# Astral characters, a decomposed word and stacked marks stand before the quote: each shifts UTF-16 or grapheme counts.
_FILLER = "".join(
    f"Đoạn {number}: nội dung thường kỳ về công tác của các xã trong huyện Mẫu Sơn.\n" for number in range(1, 90)
)
QUOTE = "toàn huyện trồng được 1.234,5 ha rừng 🌲 mới, tăng 12,5% so với cùng kỳ"
TEXT = (
    "UBND HUYỆN MẪU SƠN\nBÁO CÁO 𝟙𝟚 📈📈\nto\u0302\u0323n ca\u0306\u0301t ẵ ệ ữ\n"
    + _FILLER
    + "II. LÂM NGHIỆP\nTrong quý, "
    + QUOTE
    + "¹. Công tác phòng cháy được duy trì.\n"
    + _FILLER
)
START = TEXT.index(QUOTE)
SECTION_LENGTH = 400
REPORTS: list[dict[str, Any]] = [
    {
        "id": "r1",
        "version_id": "v1",
        "title": "Báo cáo tình hình kinh tế - xã hội quý I năm 2031 huyện Mẫu Sơn",
        "issuer": "UBND huyện Mẫu Sơn",
        "number": "12/BC-UBND",
        "period": "quý I năm 2031",
        "issued_on": "2031-04-02",
        "sections": 12,
        "footnotes": 3,
        "tables": 1,
        "figures": 148,
        "pages": 4,
        "scanned": True,
        "quality": "mostly",
        "warnings": 1,
    },
    {
        "id": "r2",
        "title": "Báo cáo 6 tháng đầu năm 2030 huyện Mẫu Sơn",
        "issuer": "UBND huyện Mẫu Sơn",
        "number": "77/BC-UBND",
        "period": "6 tháng đầu năm 2030",
        "issued_on": "2030-06-20",
        "sections": 9,
        "footnotes": 0,
        "tables": 0,
        "figures": 96,
        "quality": "full",
        "warnings": 0,
    },
]


def citation(index: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a citation of QUOTE, with changes."""
    return {
        "index": index,
        "report_id": "r1",
        "report_title": REPORTS[0]["title"],
        "issuer": "UBND huyện Mẫu Sơn",
        "period": "quý I năm 2031",
        "section_path": ["II. LÂM NGHIỆP"],
        "footnote": "1",
        "page": None,
        "quote": QUOTE,
        "start": START,
        "end": START + len(QUOTE),
        "url": "/v1/reports/r1/original",
    } | changes


def answer(question: str, **changes: Any) -> dict[str, Any]:
    """Return a whole answer, with changes."""
    figure = {"text": "1.234,5 ha", "value": "1234.5", "unit": "ha", "role": "level", "period": "quý I năm 2031"}
    change = {"text": "tăng 12,5%", "value": "12.5", "unit": "%", "role": "change", "period": "quý I năm 2031"}
    return {
        "id": "a1",
        "conversation_id": "c1",
        "question": question,
        "understood_as": "diện tích rừng trồng mới, quý I năm 2031, huyện Mẫu Sơn",
        "status": "answered",
        "answer": "Trong quý I năm 2031, toàn huyện trồng được 1.234,5 ha rừng mới [1]. So với cùng kỳ tăng 12,5% [1].",
        "short_answer": "1.234,5 ha",
        "figures": [
            figure | {"place": "huyện Mẫu Sơn", "citation": 1},
            change | {"place": "huyện Mẫu Sơn", "citation": 1},
        ],
        "computation": {"expression": "1.234,5 − 1.097,3 = 137,2", "inputs": [0], "note": "chênh lệch so với cùng kỳ"},
        "citations": [citation()],
        "suggestions": ["Diện tích rừng trồng mới 6 tháng là bao nhiêu?", "Có bao nhiêu vụ cháy rừng?"],
        "warnings": [{"code": "estimate", "message": "Con số này là số ước tính của báo cáo."}],
        "mode": "extractive",
        "model": "",
        "prompt_version": "",
        "index_version": "1",
        "timings_ms": {"total": 12.0},
    } | changes


def xss_answer(question: str) -> dict[str, Any]:
    """Return an answer that carries markup in every field a server can fill."""
    figure = dict.fromkeys(("text", "value", "unit", "role", "period", "place"), XSS) | {"citation": 1}
    evil = citation(
        report_title=XSS,
        issuer=XSS,
        period=XSS,
        section_path=[XSS, XSS],
        footnote=XSS,
        quote=XSS,
        url="javascript:window.hacked=1",
    )
    return answer(
        question,
        understood_as=XSS,
        answer=f"{XSS} [1]\n- {XSS} [1]",
        short_answer=XSS,
        figures=[figure],
        computation={"expression": XSS, "inputs": [0], "note": XSS},
        citations=[evil],
        suggestions=[XSS],
        warnings=[{"code": XSS, "message": XSS}],
    )


def canned(question: str) -> dict[str, Any]:
    """Choose the answer by a word of the question."""
    quiet: dict[str, Any] = {"short_answer": None, "figures": [], "computation": None, "citations": [], "warnings": []}
    if "xss" in question:
        return xss_answer(question)
    if "khong co" in question:
        said = "Các báo cáo không nói tới số xe điện. Đã tìm trong 2 báo cáo; gần nhất có số xe buýt quý I năm 2031."
        return answer(question, status="not_found", answer=said, suggestions=["Có bao nhiêu xe buýt?"], **quiet)
    if "nam nao" in question:
        return answer(
            question,
            status="clarify",
            answer="Hai kỳ đều có số này. Bạn hỏi kỳ nào?",
            suggestions=["Quý I năm 2031?", "6 tháng đầu năm 2030?"],
            **quiet,
        )
    if "dai" in question:
        return answer(question, citations=[citation(report_id="r2")])
    if "nguyen cau" in question:
        said = "Công tác phòng cháy được duy trì."
        return answer(question, answer=f"{said} [1]", short_answer=said, figures=[], computation=None)
    if "khong ro" in question:
        figure = answer("")["figures"][0] | {"doubtful": True}
        notice = {"code": "unclear-figure", "message": "Số này đọc từ bản quét không rõ; hãy đối chiếu với trang gốc."}
        return answer(question, figures=[figure], computation=None, warnings=[notice], citations=[citation(page=3)])
    if "lech" in question:
        return answer(question, citations=[citation(start=START + 1, end=START + 1 + len(QUOTE))])
    changed = {"citations": [citation(version_id="v0")]} if "bancu" in question else {}
    return answer(question, **changed)


async def _events(body: dict[str, Any]) -> AsyncIterator[str]:
    def event(name: str, data: object) -> str:
        return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

    yield event("status", {"stage": "retrieve", "message": "Đang tìm trong 2 báo cáo"})
    if "cham" in body["question"]:
        yield event("delta", {"text": "Phần đầu đã kiểm chứng. "})
        await asyncio.sleep(20)
    yield event("sources", {"citations": [citation()]})
    yield event("done", canned(body["question"]))


def problem(status: int, code: str, detail: str) -> JSONResponse:
    """Return problem+json as the service does."""
    body = {
        "type": "about:blank",
        "title": "Không làm được",
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": "req-7f3a",
    }
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def create_stub() -> FastAPI:
    """Build the stand-in; ``app.state.asked`` and ``app.state.feedback`` keep what was sent."""
    app = FastAPI()
    app.state.asked = []
    app.state.feedback = []
    app.state.stored = [dict(one) for one in REPORTS]
    app.mount("/static", StaticFiles(directory=WEB), name="static")
    _add_pages(app)
    _add_answers(app)
    _add_reports(app)
    add_reading(app, TEXT, (START, START + len(QUOTE)), evil=XSS)
    return app


def _add_pages(app: FastAPI) -> None:
    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.get("/")
    def index() -> FileResponse:
        return FileResponse(WEB / "index.html")

    @app.get("/embed")
    def embed() -> FileResponse:
        return FileResponse(WEB / "embed.html")

    @app.get("/embed.js")
    def embed_js() -> FileResponse:
        return FileResponse(WEB / "embed.js")

    @app.get("/portal")
    def portal() -> Response:
        page = '<!doctype html><html lang="vi"><title>Cổng</title><body><h1>Cổng</h1><div id="cho"></div>'
        return Response(
            page + '<script src="/embed.js" data-mode="inline" data-target="#cho"></script>', media_type="text/html"
        )


def _add_answers(app: FastAPI) -> None:
    @app.post("/v1/answers")
    async def answers(request: Request) -> Response:
        body = await request.json()
        app.state.asked.append(body)
        if body["conversation_id"] == "c-gone":
            return problem(404, "not-found", "Không tìm thấy cuộc trò chuyện này.")
        if "loi" in body["question"]:
            return problem(503, "index-unavailable", f"Kho chỉ mục đang bận {XSS}")
        if "json" in body["question"] or not body.get("stream"):
            return JSONResponse(canned(body["question"]))
        return StreamingResponse(_events(body), media_type="text/event-stream")

    @app.post("/v1/answers/{answer_id}/feedback")
    async def feedback(answer_id: str, request: Request) -> Response:
        app.state.feedback.append((answer_id, await request.json()))
        return JSONResponse({"id": "f1"}, status_code=201)

    @app.get("/v1/suggestions")
    def suggestions() -> dict[str, list[str]]:
        return {"suggestions": ["Toàn huyện trồng được bao nhiêu rừng?", "Thu ngân sách đạt bao nhiêu?"]}


def _add_reports(app: FastAPI) -> None:
    @app.get("/v1/reports")
    def reports() -> dict[str, Any]:
        return {"reports": app.state.stored, "next": None}

    @app.post("/v1/reports", status_code=202)
    async def upload(file: list[UploadFile]) -> Response:
        app.state.uploaded = names = [one.filename or "" for one in file]
        if names[0].startswith("mat"):
            return problem(422, "state-secret", "Văn bản có dấu mật: không được đưa vào hệ thống.")
        return JSONResponse({"id": "j1", "status": "queued"}, status_code=202)

    @app.get("/v1/jobs/{job_id}")
    def job(job_id: str) -> dict[str, Any]:
        replaced = [{"code": "new-version", "message": "Thay cho phiên bản trước.", "severity": "info"}]
        result = {"status": "partial", "issues": replaced, "report_id": "r1", "version_id": "v1"}
        return {"id": job_id, "status": "done", "result": result}

    @app.get("/v1/reports/{report_id}")
    def report(report_id: str) -> dict[str, Any]:
        return next(one for one in REPORTS if one["id"] == report_id)

    @app.delete("/v1/reports/{report_id}", status_code=204)
    def remove(report_id: str) -> Response:
        app.state.stored = [one for one in app.state.stored if one["id"] != report_id]
        return Response(status_code=204)

    @app.get("/v1/reports/{report_id}/text")
    def text(report_id: str) -> dict[str, str]:
        return {"version_id": "v1", "text": TEXT}

    @app.get("/v1/reports/{report_id}/tree")
    def tree(report_id: str) -> dict[str, Any]:
        here = TEXT.index("II. LÂM NGHIỆP")
        inner = {"id": 2, "start": here, "end": here + SECTION_LENGTH, "title": "LÂM NGHIỆP", "children": []}
        outer = {"id": 1, "start": 0, "end": len(TEXT), "title": "KINH TẾ", "children": [inner]}
        return {"version_id": "v1", "sections": [outer] if report_id == "r1" else []}
