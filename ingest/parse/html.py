"""Saved web pages (.html, .htm, .mht) -> Source. Nothing is fetched, no script is run, no entity of a DTD is read.

A page is written anew as the parts of a Word file, which ``docx`` then reads: headings, lists, tables with joined
cells, notes with their marks, old fonts and hidden text mean the same there, and are read by the same rules.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from dataclasses import replace

from lxml import etree, html

from ingest.domain import ParseIssue, Severity
from ingest.errors import UnreadableReport
from ingest.parse.blocks import Source
from ingest.parse.docx import read_docx
from ingest.parse.html_tables import read_rows
from ingest.parse.html_words import Looks, WordWriter, style_of
from ingest.parse.word_numbering import to_roman
from ingest.parse.word_package import Element

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul"),
    )
)
# Programs, and what shows no text of the report.
_CODE = frozenset(
    (
        *("script", "style", "template", "noscript", "object", "embed", "applet", "iframe", "svg", "math", "canvas"),
        *("audio", "video"),
    )
)
_CONTROLS = frozenset(("nav", "button", "select", "input", "textarea", "menu", "dialog"))
_SILENT = frozenset(("head", "title", "meta", "link", "base", "area", "map", "param", "source"))
_NOTE_BLOCKS = ("p", "li", "div", "dd", "td")


def read_html(data: bytes) -> Source:
    """Return the blocks of a saved web page. Raises UnreadableReport (damaged-file) for what is no page."""
    text = _XML_HEAD.sub("", page_text(data))
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableReport("Trang HTML bị hỏng, không đọc được nội dung.", code="damaged-file") from error
    page = _Page(root)
    page.read(root, Looks())
    source = read_docx(page.writer.package())
    return replace(source, format="html", issues=(*source.issues, *page.issues()))


def page_text(data: bytes) -> str:
    """Return the characters of a page or of the first page in an .mht archive: by mark, by its own word, by UTF-8."""
    told = ""
    if re.match(rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?mime-version:", data[:4096], re.IGNORECASE):
        message = email.message_from_bytes(data, policy=email.policy.default)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        if page is None:
            raise UnreadableReport("Tệp .mht không chứa trang HTML nào.", code="damaged-file")
        payload = page.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        told = str(page.get_content_charset() or "")
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff")
    meta = _META_CHARSET.search(data[:8192])
    for name in (told, meta.group(1).decode("ascii", "replace") if meta else "", "utf-8"):
        try:
            return data.decode(name) if name else data.decode("utf-8")
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1258", errors="replace")


class _Page:
    """Walks a page once and writes what it shows."""

    def __init__(self, root: Element) -> None:
        self.writer = WordWriter()
        self.code = self.controls = self.images = 0
        self._by_name = {str(name): one for one in root.iter() for key in ("id", "name") if (name := one.get(key))}
        self._notes: dict[Element, int] = {}  # the block of a note: its number
        self._marks: dict[Element, Element] = {}  # the link that is a mark: the block of its note
        self._back: set[Element] = set()
        self._sign = ""  # of a list's item, not written yet
        for link in root.iter("a"):
            self._find_note(link)

    def issues(self) -> list[ParseIssue]:
        """Return what of the page was not read."""
        kinds = ((self.code, "đoạn mã hoặc nội dung nhúng"), (self.controls, "trình đơn, nút bấm, ô nhập"))
        told = [f"{count} {what}" for count, what in kinds if count]
        found = [ParseIssue("page-parts-skipped", f"Trang có {', '.join(told)}; được bỏ qua.")] if told else []
        if self.images:
            message = f"Tệp có {self.images} hình ảnh; chữ trong ảnh không được đọc."
            found.append(ParseIssue("image-skipped", message, Severity.INFO))
        return found

    def read(self, element: Element, looks: Looks) -> None:
        """Write ``element`` and what is below it; text behind it is its parent's."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _CODE or tag in _CONTROLS:
            self.code += tag in _CODE
            self.controls += tag in _CONTROLS
        elif element in self._marks:
            self._mark(self._marks[element], looks)
        elif not tag or tag in _SILENT or element in self._back:
            return
        elif element in self._notes:
            return  # written where its mark stands
        elif tag == "table":
            self._sign = ""
            self._table(element, looks.of(element))
        elif tag == "br":
            self.writer.line_break()
        elif tag == "img":
            self.images += 1
        else:
            self._flow(element, tag, looks)

    def _flow(self, element: Element, tag: str, looks: Looks) -> None:
        inner = looks.of(element)
        block = tag in _BLOCKS
        if block:
            self.writer.end_paragraph()
            self.writer.look_of_paragraph(inner, int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0)
        if tag == "li":
            self._sign = _bullet(element)
        # The sign of an item stands in the first paragraph inside it ("<li><p>"), or before its text.
        if self._sign and block and not _begins_with_block(element):
            self.writer.text(self._sign, inner)
            self._sign = ""
        self._inside(element, inner)
        if tag == "li":
            self._sign = ""
        if block:
            self.writer.end_paragraph()

    def _inside(self, element: Element, looks: Looks) -> None:
        self.writer.text(element.text or "", looks)
        for child in element:
            self.read(child, looks)
            self.writer.text(child.tail or "", looks)

    def _table(self, table: Element, looks: Looks) -> None:
        self.writer.end_paragraph()
        rows = read_rows(table)
        for caption in table.iterchildren("caption"):
            self._flow(caption, "p", looks)
        with self.writer.table(bordered=_has_borders(table)):
            for row in rows:
                with self.writer.row(head=row.head):
                    for cell in row.cells:
                        with self.writer.cell(cell.columns, cell.merge):
                            if cell.element is not None:
                                self._inside(cell.element, looks.of(cell.element))

    def _find_note(self, link: Element) -> None:
        """Note ``link`` as a footnote mark when its target is a block that links back to it."""
        target = self._by_name.get(str(link.get("href", ""))[1:]) if str(link.get("href", "")).startswith("#") else None
        names = {str(one.get(key)) for one in (link, link.getparent()) if one is not None for key in ("id", "name")}
        block = _note_block(target) if target is not None else None
        if block is None or link in self._back or block in set(link.iterancestors()):
            return
        for back in block.iter("a"):
            if str(back.get("href", ""))[1:] in names - {"None"}:
                self._notes.setdefault(block, len(self._notes) + 1)
                self._marks[link] = block
                self._back.add(back)
                return

    def _mark(self, block: Element, looks: Looks) -> None:
        number = self._notes[block]
        if self.writer.mark(number, looks):
            with self.writer.note(number):
                self._inside(block, Looks())


def _note_block(target: Element) -> Element | None:
    block = target
    while block is not None and block.tag not in _NOTE_BLOCKS:
        block = block.getparent()
    parent = block.getparent() if block is not None else None
    # Word and LibreOffice put each note's paragraphs into a division with a name.
    if block is not None and block.tag == "p" and parent is not None and parent.tag == "div" and parent.get("id"):
        return parent
    return block


def _bullet(item: Element) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = str(parent.get("start", "1"))
    number = (int(start) if start.isdigit() and len(start) < 6 else 1) + sum(
        1 for _ in item.itersiblings("li", preceding=True)
    )
    kind = str(parent.get("type", "1"))
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}) "
    if kind in ("i", "I") and to_roman(number):
        return f"{to_roman(number) if kind == 'I' else to_roman(number).lower()}. "
    return f"{number}. "


def _begins_with_block(element: Element) -> bool:
    """Tell whether the first thing in ``element`` is a block of its own."""
    first = next((child for child in element if isinstance(child.tag, str)), None)
    return not (element.text or "").strip() and first is not None and first.tag in _BLOCKS


def _has_borders(table: Element) -> bool:
    border = str(table.get("border", "0")).strip()
    return border not in ("", "0") or re.search(r"border[\w-]*:(?!\s*(?:none|0|collapse))", style_of(table)) is not None
