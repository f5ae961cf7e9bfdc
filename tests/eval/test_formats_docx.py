from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from eval.formats_compare import compare, parsed
from eval.formats_docx import docx_of
from ingest.samples import sample_paths

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reports" / "kien-thuy-2024-quy-1.txt"
TEXTS = sample_paths(".txt")
SMALL = """BÁO CÁO
Tình hình quý I năm 2024

I. KẾT QUẢ

* *Trồng trọt*: Lúa vụ Xuân¹ đạt **1.250 ha**, diện tích 5m².

¹ Trong đó 320 ha lúa *chất lượng cao*.
"""


def parts(data: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode(), archive.read("word/footnotes.xml").decode()


def test_a_typed_mark_becomes_a_word_footnote_at_its_place() -> None:
    document, notes = parts(docx_of(parsed(SMALL.encode(), name="a.txt").report))
    assert re.search(r"Lúa vụ Xuân</w:t></w:r><w:r>.{0,80}<w:footnoteReference w:id=\"1\"/></w:r>", document)
    assert "5m²" in document
    assert "¹" not in document + notes
    assert "Trong đó 320 ha lúa" in notes
    etree.fromstring(document.encode())


def test_emphasis_becomes_runs_and_bullet_stars_stay() -> None:
    document, notes = parts(docx_of(parsed(SMALL.encode(), name="a.txt").report))
    assert '<w:b/></w:rPr><w:t xml:space="preserve">1.250 ha<' in document
    assert '<w:i/></w:rPr><w:t xml:space="preserve">Trồng trọt<' in document
    assert '<w:t xml:space="preserve">* <' in document
    assert '<w:i/></w:rPr><w:t xml:space="preserve">chất lượng cao<' in notes


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sample_text_made_a_word_file_reads_the_same(path: Path) -> None:
    original = parsed(path.read_bytes(), name=path.name)
    other = parsed(docx_of(original.report), name="a.docx")
    sections, footnotes, rows, figures = compare(original, other)
    assert (sections.differences, footnotes.differences, rows.differences) == ((), (), ())
    assert figures.found >= figures.total - 1


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference report is not here")
def test_the_reference_report_keeps_all_its_footnotes_as_word_footnotes() -> None:
    original = parsed(REFERENCE.read_bytes(), name=REFERENCE.name)
    data = docx_of(original.report)
    assert parts(data)[0].count("<w:footnoteReference ") == len(original.report.footnotes)
    sections, footnotes, _, figures = compare(original, parsed(data, name="a.docx"))
    assert (sections.differences, footnotes.differences) == ((), ())
    assert figures.found >= figures.total - 1  # a page number inside a sentence is no longer known for one
