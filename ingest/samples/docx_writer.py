"""Sample reports as Word files: real footnotes, tables and a page number field, and the same bytes on every run."""

import html
import io
import zipfile
from collections.abc import Mapping

from ingest.samples import docx_parts as parts
from ingest.samples.markup import HEADER_ROWS, Block, Inline, Note, Paragraph, SampleReport, Style, Table, Text

_ZIP_TIME = (2024, 1, 1, 0, 0, 0)
_PAGE_WIDTH = 9354  # twentieths of a point between the side margins
_COLUMN_WIDTHS = (700, 2754, 1100, 1200, 1200, 1200, 1200)

_PARAGRAPH_PROPERTIES = {
    Style.BODY: '<w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>',
    Style.HEADING: '<w:keepNext/><w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>',
    Style.CENTRED: '<w:keepNext/><w:jc w:val="center"/>',
    Style.CAPTION: '<w:spacing w:after="120"/><w:jc w:val="center"/>',
    Style.RIGHT: '<w:jc w:val="right"/>',
}


def run(text: str, *, bold: bool = False, italic: bool = False, size: int = 0) -> str:
    """Return a run of one look; `size` in half points, 0 for the body's. Empty text gives ""."""
    if not text:
        return ""
    look = "<w:b/>" * bold + "<w:i/>" * italic
    if size:
        look += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t></w:r>'


def paragraph(runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _line(text: str, align: str, **look: int) -> str:
    """A paragraph of one run; `look` is bold, italic and size as `_run` takes them."""
    piece = run(text, bold=bool(look.get("bold")), italic=bool(look.get("italic")), size=look.get("size", 0))
    return paragraph(piece, f'<w:jc w:val="{align}"/>')


def note_reference(number: int) -> str:
    """Return the run that refers to the footnote with this id."""
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _inline(inline: Inline, style: Style) -> str:
    match inline:
        case Text(text, bold, italic):
            bold = bold or style in (Style.HEADING, Style.CENTRED)
            return run(text, bold=bold, italic=italic or style in (Style.CAPTION, Style.RIGHT))
        case Note(number):
            return note_reference(number)
        case _:
            return ""  # page ends and swallowed page numbers belong to the text forms


def _block(block: Block) -> str:
    match block:
        case Paragraph(style, inlines):
            return paragraph("".join(_inline(i, style) for i in inlines), _PARAGRAPH_PROPERTIES[style])
        case Table():
            return _grid(block)
        case _:
            return ""


def _cell(content: str, width: int, extra: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}</w:tcPr>{content}</w:tc>'


def _borderless(rows: list[tuple[str, str]], widths: tuple[int, int]) -> str:
    """The two-column table that holds a report's head or its signature block."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    body = "".join(
        "<w:tr>" + "".join(_cell(c, w) for c, w in zip(row, widths, strict=True)) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{parts.PLAIN_TABLE}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _grid(table: Table) -> str:
    """The annex table, with borders, joined cells and a head that repeats on each page."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in _COLUMN_WIDTHS)
    rows = "".join(_grid_row(table, number) for number in range(len(table.rows)))
    return f"<w:tbl>{parts.RULED_TABLE}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _grid_row(table: Table, number: int) -> str:
    cells = []
    for column, text in enumerate(table.rows[number]):
        if text == "<":
            continue
        span = table.spans(number, column)
        extra = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        if text == "^":
            extra += "<w:vMerge/>"
        elif number + 1 < len(table.rows) and table.rows[number + 1][column] == "^":
            extra += '<w:vMerge w:val="restart"/>'
        width = sum(_COLUMN_WIDTHS[column : column + span])
        cells.append(_cell(_grid_text(table, number, column), width, extra + '<w:vAlign w:val="center"/>'))
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if number < HEADER_ROWS else ""
    return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def _grid_text(table: Table, number: int, column: int) -> str:
    row = table.rows[number]
    text = "" if row[column] == "^" else row[column]
    group = number >= HEADER_ROWS and row[0].isalpha() and row[0].isupper()
    align = "center" if number < HEADER_ROWS or column in (0, 2) else "left" if column == 1 else "right"
    return _line(text, align, bold=number < HEADER_ROWS or group, size=22)


def _head(report: SampleReport) -> str:
    *upper, issuing = report.lines("agency")
    agency = "".join(_line(line, "center", size=26) for line in upper) + _line(issuing, "center", bold=1, size=26)
    motto = _line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "center", bold=1, size=24)
    motto += _line("Độc lập - Tự do - Hạnh phúc", "center", bold=1, size=26)
    number = _line(f"Số: {report.head['number']}", "center", size=26)
    date = _line(report.head["place_date"], "center", italic=1, size=26)
    title = _line("BÁO CÁO", "center", bold=1)
    title += "".join(_line(line, "center", bold=1) for line in report.lines("summary"))
    return _borderless([(agency, motto), (number, date)], (3700, 5654)) + paragraph("") + title


def _signature(report: SampleReport) -> str:
    recipients = _line("Nơi nhận:", "left", bold=1, italic=1, size=24)
    recipients += "".join(_line(f"- {line}", "left", size=22) for line in report.lines("recipients"))
    signer = "".join(_line(line, "center", bold=1) for line in report.lines("signer_title"))
    signer += paragraph("") * 3 + _line(report.head["signer"], "center", bold=1)
    return paragraph("") + _borderless([(recipients, signer)], (4700, 4654))


def _document(report: SampleReport) -> str:
    body = _head(report) + "".join(_block(b) for b in report.body) + _signature(report)
    body += '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + "".join(_block(b) for b in report.annex)
    return document_part(body)


def footnotes_part(notes: Mapping[int, str]) -> str:
    """Return `word/footnotes.xml` with the runs of each note by its id."""
    found = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f"{runs}</w:p></w:footnote>"
        for number, runs in notes.items()
    )
    return f"{parts.XML}<w:footnotes {parts.NAMESPACES}>{parts.SEPARATORS}{found}</w:footnotes>"


def document_part(body: str) -> str:
    """Return `word/document.xml` of A4 pages."""
    return f"{parts.XML}<w:document {parts.NAMESPACES}><w:body>{body}{parts.SECTION}</w:body></w:document>"


def pack(title: str, document: str, footnotes: str) -> bytes:
    """Return the bytes of a .docx file from its own parts and those that are always the same."""
    members = {
        **parts.FIXED,
        "docProps/core.xml": parts.CORE.replace("{title}", html.escape(title, quote=False)),
        "word/document.xml": document,
        "word/footnotes.xml": footnotes,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode("utf-8"), compresslevel=9)
    return buffer.getvalue()


def to_docx(report: SampleReport) -> bytes:
    """Return the report as the bytes of a .docx file."""
    notes = {note.number: run(" " + note.text) for note in report.notes()}
    title = "Báo cáo " + " ".join(report.lines("summary"))
    return pack(title, _document(report), footnotes_part(notes))
