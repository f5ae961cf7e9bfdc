"""Balance sheet, parsed view and places on the pages, of a report with two pages made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.domain import Balance, Footnote, Page, Paragraph, ParagraphKind, ParseIssue, PlacedWord, Severity, Span
from ingest.originals import sha256_of
from service.ports import Services
from tests.service.api.conftest import TEXT, new_version

WORDS = (
    PlacedWord(Span(25, 27), 0.1, 0.2, 0.15, 0.22),
    PlacedWord(Span(28, 30), 0.16, 0.2, 0.2, 0.22, 0.4),
    PlacedWord(Span(31, 34), 0.1, 0.23, 0.15, 0.25, 0.9),
)


@pytest.fixture
def path(services: Services) -> str:
    """A report of two pages whose second is scanned; its path."""
    data = b"Noi dung"
    made = new_version(sha256=sha256_of(data), name="quet.pdf")
    report = replace(
        made.report,
        format="pdf",
        pages=(
            Page(1, Span(0, 14), 595, 842),
            Page(2, Span(14, len(TEXT)), 595, 842, scanned=True, words=WORDS),
        ),
        paragraphs=(Paragraph(1, ParagraphKind.TEXT, (Span(25, 34),)),),
        footnotes=(Footnote("1", Span(33, 34), (Span(42, 46),), 1, 0),),
        issues=(
            ParseIssue("unclear", "Chữ quét không rõ.", Severity.WARNING, Span(28, 33), count=2),
            ParseIssue("image-skipped", "Có ảnh.", count=3),
        ),
        doubtful=(Span(28, 30),),
    )
    sheet = Balance(2, 1, 1, 0, 3, 1, 1, numbers=4, in_figures=3, left_out={"period": 1}, pages=2, pages_recognised=1)
    new = replace(made, report=report, balance=replace(sheet, warnings=1, doubtful=1))
    services.originals.put(data)
    version_id = services.catalogue.stage(new)
    services.catalogue.publish(version_id)
    return f"/v1/reports/{services.catalogue.info(version_id).report_id}"


def got(client: TestClient, path: str, **params: Any) -> Any:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_balance_sheet_with_issues_at_their_place(client: TestClient, path: str) -> None:
    told = got(client, f"{path}/balance")
    assert (told["quality"], told["quality_label"]) == ("check", "cần đối chiếu")  # a third of the figures is doubtful
    assert told["summary"] == "Đã đọc: 2/2 trang (1 trang quét), 2 mục, 1/1 chú thích, 3 số liệu"
    assert told["left_out"] == [{"reason": "period", "label": "ngày, tháng, năm, giờ", "count": 1}]
    unclear, image = told["issues"]
    assert (unclear["start"], unclear["end"], unclear["page"], unclear["count"]) == (28, 33, 2, 2)
    assert unclear["section_path"] == ["I. KẾT QUẢ"]
    assert (image["start"], image["page"], image["section_path"]) == (None, None, [])


def test_the_list_says_which_reports_are_scans(client: TestClient, path: str) -> None:
    told = got(client, path)
    assert (told["pages"], told["scanned"], told["quality"], told["warnings"]) == (2, True, "check", 1)


def test_what_the_machine_read_counts_in_the_text(client: TestClient, path: str) -> None:
    parsed, text = got(client, f"{path}/parsed"), got(client, f"{path}/text")["text"]
    heading = parsed["sections"][1]["heading"]
    assert text[heading[0] : heading[1]] == "I. KẾT QUẢ"
    assert [text[a:b] for a, b in parsed["paragraphs"][0]["spans"]] == ["Có 12 vụ."]
    assert parsed["footnotes"] == [{"label": "1", "mark": [33, 34], "spans": [[42, 46]], "section": 1}]
    assert [(one["number"], one["scanned"]) for one in parsed["pages"]] == [(1, False), (2, True)]
    assert parsed["doubtful"] == [[28, 30]]


def test_a_quote_is_found_on_its_page_line_by_line(client: TestClient, path: str) -> None:
    told = got(client, f"{path}/boxes", start=26, end=34)
    assert told["boxes"] == [
        {"page": 2, "left": 0.1, "top": 0.2, "right": 0.2, "bottom": 0.22},
        {"page": 2, "left": 0.1, "top": 0.23, "right": 0.15, "bottom": 0.25},
    ]
    assert got(client, f"{path}/boxes", start=0, end=5)["boxes"] == []


def test_a_page_as_a_picture(client: TestClient, path: str) -> None:
    first = client.get(f"{path}/pages/2/image")
    assert (first.content, first.headers["content-type"]) == (b"\x89PNG 2 110 Noi dung", "image/png")
    assert first.headers["cache-control"].startswith("private")
    again = client.get(f"{path}/pages/2/image", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{path}/pages/2/image?dpi=200").content == b"\x89PNG 2 200 Noi dung"
    assert client.get(f"{path}/pages/2/image?dpi=2000").status_code == 422
    assert client.get(f"{path}/pages/3/image").status_code == 404


def test_pictures_go_with_their_report(client: TestClient, services: Services, path: str) -> None:
    client.get(f"{path}/pages/1/image")
    folder = services.settings.data_dir / "page-images"
    assert len(list(folder.glob("*/*.png"))) == 1
    assert client.delete(path).status_code == 204
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 2), (-1, 3)])
def test_an_empty_stretch_is_refused(client: TestClient, path: str, start: int, end: int) -> None:
    response = client.get(f"{path}/boxes", params={"start": start, "end": end})
    assert (response.status_code, response.json()["code"]) == (422, "request-invalid")


def test_a_version_that_is_not_there(client: TestClient, path: str) -> None:
    for part in ("balance", "parsed", "boxes?start=0&end=1"):
        join = "&" if "?" in part else "?"
        assert client.get(f"{path}/{part}{join}version=nope").status_code == 404
