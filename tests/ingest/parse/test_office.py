"""Word processors' other files: the same report in each, read back and held against the .docx it was made of."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from ingest.domain import Report
from ingest.errors import UnreadableReport
from ingest.parse import office, office_kit
from ingest.parse.read import read_report
from ingest.parse.sniff import FileKind
from ingest.sandbox.reader import Sandbox
from tests.ingest.vi.legacy_made import set_in_tcvn3_fonts, to_vni

SAMPLE = Path(__file__).parents[3] / "ingest" / "samples" / "6-thang-2023.docx"
FILTERS = {"doc": "doc:MS Word 97", "odt": "odt:writer8", "rtf": "rtf:Rich Text Format"}
LINES = (
    "BÁO CÁO",
    "Sản lượng lương thực của huyện đạt 1.214,5 tấn, bằng 98,3% kế hoạch (31/3/2004).",
    "Nước sạch ở ấp",
)


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes, str], bytes]:
    """Return a function (name, .docx, kind) -> the file LibreOffice makes of it, each made once."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")

    @cache
    def convert(name: str, data: bytes, kind: str) -> bytes:
        (folder / f"{name}.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", FILTERS[kind], "--outdir", str(folder)]
        subprocess.run([*command, str(folder / f"{name}.docx")], check=True, capture_output=True, timeout=120)
        return (folder / f"{name}.{kind}").read_bytes()

    return convert


def in_old_fonts(fonts: Callable[[str], list[tuple[str, str]]]) -> bytes:
    document, buffer = Document(), io.BytesIO()
    for line in LINES:
        paragraph = document.add_paragraph()
        for made, font in fonts(line):
            paragraph.add_run(made).font.name = font
    document.save(buffer)
    return buffer.getvalue()


@cache
def original() -> Report:
    return read_report(SAMPLE.read_bytes(), name=SAMPLE.name)


@pytest.mark.programs
@pytest.mark.parametrize("kind", FILTERS)
def test_a_report_reads_the_same_in_each_format(kind: str, converted: Callable[[str, bytes, str], bytes]) -> None:
    # In the sandbox, as uploads are: LibreOffice has to do with what is left there.
    found = Sandbox().read(converted("sample", SAMPLE.read_bytes(), kind), name=f"a.{kind}")
    assert found.format == kind and found.issues == original().issues
    assert found.text == original().text
    assert found.footnotes == original().footnotes and found.tables == original().tables
    assert found.sections == original().sections


@pytest.mark.programs
@pytest.mark.parametrize("fonts", [set_in_tcvn3_fonts, lambda text: [(to_vni(text), "VNI-Times")]])
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_old_fonts_survive_the_conversion(
    fonts: Callable[[str], list[tuple[str, str]]], kind: str, converted: Callable[[str, bytes, str], bytes]
) -> None:
    made = converted(fonts("a")[0][1].strip("."), in_old_fonts(fonts), kind)
    found = read_report(made, name=f"a.{kind}")
    assert found.text.split("\n\n") == list(LINES)
    assert [issue.code for issue in found.issues] == ["legacy-font"]


@pytest.mark.programs
def test_a_broken_file_is_damaged() -> None:
    if office.office_folder() is None:
        pytest.skip("LibreOffice is not installed")
    with pytest.raises(UnreadableReport) as caught:
        office.to_docx(b"PK\x03\x04 no file of any kind", FileKind.ODT)
    assert caught.value.code == "damaged-file"


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_folder", lambda: None)
    with pytest.raises(UnreadableReport) as caught:
        read_report(b"{\\rtf1 x}", name="a.rtf")
    assert caught.value.code == "office-unavailable" and "libreoffice-writer-nogui" in caught.value.message


def test_a_conversion_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(office, "office_folder", lambda: tmp_path)
    monkeypatch.setattr(office, "SECONDS", 1)
    monkeypatch.setattr(office_kit, "__file__", str(endless))
    with pytest.raises(UnreadableReport) as caught:
        office.to_docx(b"x", FileKind.RTF)
    assert caught.value.code == "parse-timeout"
