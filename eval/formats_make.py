"""One report → the same report in every format an office keeps it in, made by LibreOffice and pdftoppm in one folder.

The original is a .docx, or a plain text that is made into one (``formats_docx``). Everything else is made of that Word
file, so that the only difference between two files is their format. Print uses one typeface that has all Vietnamese
letters, as an office's Times New Roman does; "pdf-fonts" is made without it: the stand-in for Times New Roman lacks
letters, another typeface fills them in, and words come out in pieces.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eval.formats_docx import docx_of
from eval.formats_scan import CLEAN, WORN, image_pdf, image_tif
from ingest.originals import sha256_of
from ingest.parse.read import read_report
from ingest.samples import sample_digests

PROGRAMS = ("soffice", "pdftoppm")
_FONT, _PRINTED_FONT = b"Times New Roman", b"FreeSerif"
_SECONDS = 180  # for one conversion on a busy machine; it takes 2 to 3
# Format -> (suffix, the filter of LibreOffice), each made from the Word file.
_OFFICE: Mapping[str, tuple[str, str]] = {
    "doc": (".doc", "doc:MS Word 97"),
    "odt": (".odt", "odt:writer8"),
    "rtf": (".rtf", "rtf:Rich Text Format"),
    "html": (".html", "html:HTML (StarWriter)"),
    "pdf-fonts": (".pdf", "pdf:writer_pdf_Export"),
}


class Format(StrEnum):
    """A form a report can have, in the order they are shown."""

    TXT = "txt"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    PDF_FONTS = "pdf-fonts"
    PDF = "pdf"
    SCAN = "scan"
    SCAN_WORN = "scan-worn"
    TIF = "tif"
    PNG = "png"


SCANS = (Format.SCAN, Format.SCAN_WORN, Format.TIF, Format.PNG)
FORMATS = tuple(one.value for one in Format)


@dataclass(frozen=True, slots=True)
class Made:
    """One report in its formats: the file of each, for "png" one a page. ``original``: what it was made from."""

    name: str
    original: Path
    files: Mapping[str, tuple[Path, ...]]


def missing_programs() -> tuple[str, ...]:
    """Return which of ``PROGRAMS`` are not installed."""
    return tuple(program for program in PROGRAMS if shutil.which(program) is None)


def make(original: Path, folder: Path, *, formats: Sequence[str] = FORMATS, seed: int) -> Made:
    """Write ``original`` (.docx, .txt, .md) in the ``formats`` into subfolders of ``folder``, all under its own name.

    A bundled sample has its text beside it; a Word file of anybody else's has no text form. ``seed`` is for the wear
    of "scan-worn". Raises ``OSError``, ``subprocess.SubprocessError``, and what reading the original raises.
    """
    files: dict[str, tuple[Path, ...]] = {}
    word = _placed(folder, "docx", f"{original.stem}.docx")
    data = original.read_bytes()
    if original.suffix == ".docx":
        word.write_bytes(data)
        if sha256_of(data) in sample_digests():
            files["txt"] = (_copied(original.with_suffix(".txt"), folder),)
    else:
        files["txt"] = (_copied(original, folder),)
        word.write_bytes(docx_of(read_report(data, name=original.name)))
    files["docx"] = (word,)
    for name in _OFFICE.keys() & set(formats):
        files[name] = (_office(word, folder, name),)
    if {"pdf", *SCANS} & set(formats):
        files["pdf"] = (_printed(word, folder),)
    files |= _scanned(files.get("pdf", ()), folder, formats, seed)
    return Made(original.stem, original, {name: files[name] for name in formats if name in files})


def _placed(folder: Path, name: str, file: str) -> Path:
    (folder / name).mkdir(parents=True, exist_ok=True)
    return folder / name / file


def _copied(path: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(path, _placed(folder, "txt", path.name)))


def _office(word: Path, folder: Path, name: str) -> Path:
    """Convert with LibreOffice, under a profile of its own: it neither reads nor disturbs the user's."""
    suffix, wanted = _OFFICE[name]
    target = _placed(folder, name, word.stem + suffix)
    profile = (folder / "profile").absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", wanted, "--outdir", str(target.parent), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    if not target.is_file():  # it tells success also when it wrote nothing
        raise FileNotFoundError(2, "LibreOffice wrote nothing", str(target))
    return target


def _printed(word: Path, folder: Path) -> Path:
    """Return the PDF, set in the typeface that has all the letters."""
    source = _placed(folder, "printing", word.name)
    source.write_bytes(with_font(word.read_bytes(), _PRINTED_FONT))
    made = _office(source, folder / "printing", "pdf-fonts")
    return made.rename(_placed(folder, "pdf", made.name))


def with_font(word: bytes, font: bytes) -> bytes:
    """Return the .docx with another typeface in place of Times New Roman."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(member, source.read(member).replace(_FONT, font))
    return out.getvalue()


def _scanned(pdf: tuple[Path, ...], folder: Path, formats: Sequence[str], seed: int) -> dict[str, tuple[Path, ...]]:
    files: dict[str, tuple[Path, ...]] = {}
    for name, wear in (("scan", CLEAN), ("scan-worn", WORN)):
        if name in formats or (name == "scan" and {"png", "tif"} & set(formats)):
            pages = page_images(pdf[0], folder / "pages" / name, dpi=wear.dpi)
            images = [page.read_bytes() for page in pages]
            target = _placed(folder, name, pdf[0].name)
            target.write_bytes(image_pdf(images, wear, seed=seed))
            files[name] = (target,)
            if name == "scan":
                sheets = _placed(folder, "tif", f"{pdf[0].stem}.tif")
                sheets.write_bytes(image_tif(images, wear))
                files |= {"tif": (sheets,), "png": pages}
    return files


def page_images(pdf: Path, folder: Path, *, dpi: int) -> tuple[Path, ...]:
    """Return the pages of a PDF as grey .png files, in order, each under the report's name and its number."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", str(pdf), str(folder / pdf.stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return tuple(sorted(folder.glob(f"{pdf.stem}-*.png")))
