"""Whole PDF files: the samples printed by LibreOffice against their Word files, scans, broken and locked files."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from ingest.chunk import make_passages
from ingest.domain import Report
from ingest.errors import UnreadableReport
from ingest.figures import report_figures
from ingest.parse.pdf import read_pdf
from ingest.parse.printed import PrintedPage, PrintedWord
from ingest.parse.read import read_report
from tests.ingest.parse.pdf_files import HEIGHT, PARAGRAPH, SECOND, WIDTH, column, draw

SAMPLES = sorted((Path(__file__).parents[3] / "ingest" / "samples").glob("*.docx"))


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the samples as PDF by name, printed by LibreOffice."""
    if shutil.which("soffice") is None:
        message = "LibreOffice (soffice) is not installed"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    folder = tmp_path_factory.mktemp("printed")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, SAMPLES)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})
    return {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}


def sections(report: Report) -> list[tuple[str, int, str, str]]:
    return [(one.kind.value, one.level, one.marker, one.title) for one in report.sections]


def notes(report: Report) -> list[tuple[str, str, str]]:
    """Return (label, word its mark stands on, text) of each footnote."""
    found = []
    for note in report.footnotes:
        assert note.mark is not None
        word = report.text[: note.mark.start].split()[-1]
        found.append((note.label, word, " ".join(" ".join(span.of(report.text) for span in note.spans).split())))
    return found


def tables(report: Report) -> list[Any]:
    return [
        (t.caption, t.unit, t.columns, [[" ".join(c.of(report.text).split()) for c in row.cells] for row in t.rows])
        for t in report.tables
    ]


def values(report: Report) -> Counter[tuple[str, str, str]]:
    figures = report_figures(report, make_passages(report, key="k")).values()
    return Counter((str(f.value), f.unit, f.role.value) for found in figures for f in found)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_printed_as_pdf_says_what_its_word_file_says(path: Path, printed: Mapping[str, bytes]) -> None:
    word, pdf = read_report(path.read_bytes(), name=path.name), read_report(printed[path.stem], name="a.pdf")
    assert sections(pdf) == sections(word)
    assert sorted(notes(pdf)) == sorted(notes(word))  # a PDF has each note on its page, Word its own notes at the end
    assert tables(pdf) == tables(word)
    assert values(pdf) == values(word)
    for name in ("issuer", "number", "title", "issued_on", "signer", "recipients", "period"):
        assert getattr(pdf.meta, name) == getattr(word.meta, name), name
    assert not [issue for issue in pdf.issues if issue.severity.value == "warning"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_pages_follow_each_other_and_hold_every_word(path: Path, printed: Mapping[str, bytes]) -> None:
    report = read_report(printed[path.stem], name="a.pdf")
    assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))
    end = 0
    for page in report.pages:
        assert end <= page.span.start <= page.span.end
        end = page.span.end
        for word in page.words:
            assert page.span.covers(word.span)
            assert 0 <= word.left <= word.right <= 1
            assert 0 <= word.top < word.bottom <= 1
    placed = "".join(w.span.of(report.text) for page in report.pages for w in page.words)
    bare = re.sub(r"[\s|]|\n[¹²³⁴-⁹⁰]+ ", "", re.sub(r"\n[¹²³⁴-⁹⁰]+ ", "\n", report.text))
    assert placed == bare


def image_page(canvas: Any) -> None:
    utils = pytest.importorskip("reportlab.lib.utils")
    image = Image.new("RGB", (600, 850), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 400, 120), fill="black")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    canvas.drawImage(utils.ImageReader(io.BytesIO(stream.getvalue())), 0, 0, WIDTH, HEIGHT)


def recogniser(image: Image.Image, *, number: int, width: float, height: float) -> PrintedPage:
    assert image.width > 2 * width
    word = PrintedWord("1.250", 90, 100, 130, 115, 14, confidence=0.4)
    return PrintedPage(
        number, width, height, (PrintedWord("Đàn", 60, 100, 85, 115, 14, confidence=0.9), word), scanned=True
    )


def test_a_page_that_is_an_image_is_told_where_nothing_can_recognise_it() -> None:
    source = read_pdf(draw([lambda c: column(c, PARAGRAPH + SECOND), image_page]))
    assert [issue.code for issue in source.issues] == ["page-without-text"]
    assert "Trang 2" in source.issues[0].message


def test_a_page_that_is_an_image_goes_to_the_recogniser() -> None:
    source = read_pdf(draw([lambda c: column(c, PARAGRAPH + SECOND), image_page]), recognise=recogniser)
    assert [issue.code for issue in source.issues] == ["scanned"]
    assert source.pages[1].scanned
    assert [span.of(source.text) for span in source.doubtful] == ["1.250"]


def test_a_file_of_images_alone_has_no_text() -> None:
    with pytest.raises(UnreadableReport) as raised:
        read_pdf(draw([image_page, image_page]))
    assert raised.value.code == "no-text"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"%PDF-1.7\n%\xe2\xe3", "damaged-file"), (b"%PDF-1.4\n" + b"0 0 obj" * 500, "damaged-file")],
)
def test_a_broken_file_is_named_so(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableReport) as raised:
        read_pdf(data)
    assert raised.value.code == code


def test_a_locked_file_is_named_so() -> None:
    with pytest.raises(UnreadableReport) as raised:
        read_pdf(draw([lambda c: column(c, PARAGRAPH)], password="khoá"))
    assert raised.value.code == "encrypted-file"


def test_a_page_of_too_many_characters_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.pdf_glyphs.MAX_GLYPHS", 100)
    source = read_pdf(draw([lambda c: column(c, PARAGRAPH + SECOND)]))
    assert [issue.code for issue in source.issues] == ["page-cut"]
