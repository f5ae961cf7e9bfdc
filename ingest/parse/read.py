"""The way in: bytes of one file -> Report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ingest.domain import ParseIssue, Report, Span
from ingest.errors import UnreadableReport
from ingest.parse.blocks import NoteMark, Source
from ingest.parse.docx import read_docx
from ingest.parse.flow import Flow, make_flow
from ingest.parse.footnotes import bind, find_marks, lonely_brackets
from ingest.parse.header import read_meta
from ingest.parse.html import read_html
from ingest.parse.office import read_office
from ingest.parse.secrecy import refuse_secret
from ingest.parse.sniff import FileKind, decode, sniff
from ingest.parse.table_notes import with_table_notes
from ingest.parse.text import read_text
from ingest.parse.tree import Tree, build_tree
from ingest.parse.typed_notes import with_typed_notes
from ingest.parse.zones import Zones, find_zones

if TYPE_CHECKING:
    from PIL import Image

    from ingest.parse.printed import PrintedPage


def read_report(data: bytes, *, name: str) -> Report:
    """Return the report in ``data``; ``name`` is the file's name as sent, used only to tell .md from .txt.

    Odd content never raises: it becomes ``Report.issues``. Raises UnreadableReport (empty-file, no-text, damaged-file,
    encrypted-file, office-unavailable, parse-timeout, unsupported-format) when nothing can be read, RefusedReport for a
    state secret stamp.
    """
    source, flow, marks, zones = _storable(data, name)
    tree = build_tree(source.text, flow.items, zones, [mark.span for mark in marks if not mark.doubtful])
    footnotes, issues = bind(flow.notes, marks, _pieces(tree), _places(tree))
    meta = read_meta(source.text, flow.items, zones, tree.sections)
    found: list[ParseIssue] = [*source.issues, *flow.issues, *tree.issues, *issues]
    found += lonely_brackets(source.text, flow.notes)
    return Report(
        source.text,
        source.format,
        meta,
        tuple(tree.sections),
        tuple(tree.paragraphs),
        footnotes,
        tuple(tree.tables),
        tuple(found),
        source.pages,
        source.doubtful,
    )


def look_at(data: bytes, *, name: str) -> None:
    """Raise what ``read_report`` would raise of a file that cannot or may not be stored; only as much is read of it."""
    _storable(data, name)


def _storable(data: bytes, name: str) -> tuple[Source, Flow, tuple[NoteMark, ...], Zones]:
    """Return what is in the file, once it is known that it may be kept."""
    source = _READERS[sniff(data)](data, name)
    if not any(ch.isalnum() for ch in source.text):
        raise UnreadableReport("Tệp không có chữ nào để đọc (0 trang hoặc chỉ có ảnh).", code="no-text")
    flow = make_flow(source)
    flow, marks = with_table_notes(source.text, flow, _marks(source, flow))
    flow, marks = with_typed_notes(source.text, flow, marks)
    zones = find_zones(flow.items)
    refuse_secret(source.text, flow.items, header_end=zones.header_end, stamps=source.stamps)
    return source, flow, marks, zones


def _read_plain(data: bytes, name: str) -> Source:
    format_name = "md" if name.lower().endswith((".md", ".markdown")) else "txt"
    return read_text(decode(data), format_name=format_name)


def _read_pdf(data: bytes) -> Source:
    from ingest.parse.pdf import read_pdf  # PDFium is loaded by those who read a PDF only

    def recognise(image: Image.Image, *, number: int, width: float, height: float) -> PrintedPage:
        from ingest.parse.ocr import recognise_page  # and recognition where a page has no text

        return recognise_page(image, number=number, width=width, height=height)

    return read_pdf(data, recognise=recognise)


def _read_office(kind: FileKind) -> Callable[[bytes, str], Source]:
    return lambda data, _: read_office(data, kind)


def _read_image(data: bytes) -> Source:
    from ingest.parse.scan_file import read_image  # so is recognition

    return read_image(data)


# One reader for each kind of file: bytes and file name in, blocks out.
_READERS: Mapping[FileKind, Callable[[bytes, str], Source]] = {
    FileKind.DOCX: lambda data, _: read_docx(data),
    **{kind: _read_office(kind) for kind in (FileKind.DOC, FileKind.ODT, FileKind.RTF)},
    FileKind.PDF: lambda data, _: _read_pdf(data),
    FileKind.HTML: lambda data, _: read_html(data),
    FileKind.IMAGE: lambda data, _: _read_image(data),
    FileKind.TEXT: _read_plain,
}


def _marks(source: Source, flow: Flow) -> tuple[NoteMark, ...]:
    known = {note.whole for note in source.notes}
    typed = [note for note in flow.notes if note.whole not in known]
    if source.marks and not typed:
        return source.marks  # Word knows its marks; typed superscripts beside them are units and exponents
    found = find_marks(source.text, typed, [note.whole for note in flow.notes])
    if source.marks:
        labels, taken = {note.label for note in typed}, {mark.span for mark in source.marks}
        found = tuple(mark for mark in found if mark.label in labels and mark.span not in taken)
    return tuple(sorted([*source.marks, *found], key=lambda mark: mark.span))


def _pieces(tree: Tree) -> dict[Span, int]:
    return {span: number for number, paragraph in enumerate(tree.paragraphs) for span in paragraph.spans}


def _places(tree: Tree) -> list[tuple[Span, int]]:
    return [(section.span, section.id) for section in tree.sections]
