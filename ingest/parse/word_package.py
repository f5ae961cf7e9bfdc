"""The parts of a .docx file as XML. The one home of lxml."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from ingest.errors import UnreadableReport
from ingest.parse.sniff import open_package, read_part

# An lxml element; lxml ships no types.
Element: TypeAlias = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Files in the "strict" flavour (ISO/IEC 29500) use these names for the same things.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_MAIN = "word/document.xml"
# A report of a thousand pages has fewer elements in any of its parts (300 pages of tables: about 600,000).
MAX_ELEMENTS = 1_000_000
MAX_PARAGRAPHS = 100_000
# No setting of an honest file is longer; numbers of a thousand digits are made to break what counts.
_MAX_VALUE_CHARS = 200


class WordPackage:
    """An open .docx: its main document and the parts that belong to it."""

    def __init__(self, data: bytes) -> None:
        self._zip: zipfile.ZipFile = open_package(data)
        self._main = self._find_main()
        self._links = self._read_links()

    def document(self) -> Element:
        """Return the root of the main document. Raises UnreadableReport (damaged-file)."""
        root = self._parse(self._main)
        if root is None:
            raise UnreadableReport("Tệp Word bị hỏng: thiếu phần nội dung chính.", code="damaged-file")
        return root

    def part(self, kind: str) -> Element | None:
        """Return the root of the part of ``kind`` ("footnotes", "numbering" ...), None when there is none."""
        names = self._links.get(kind) or [f"word/{kind}.xml"]
        return self._parse(names[0])

    def parts(self, kind: str) -> Iterator[Element]:
        """Yield the roots of all parts of ``kind`` ("header")."""
        for name in self._links.get(kind, []):
            root = self._parse(name)
            if root is not None:
                yield root

    @property
    def has_macros(self) -> bool:
        """Tell whether the file brings programs of its own (they are never run)."""
        return any(name.lower().endswith("vbaproject.bin") for name in self._zip.namelist())

    def _find_main(self) -> str:
        root = self._parse("_rels/.rels")
        for link in root.iter(_RELATION) if root is not None else ():
            target = posixpath.normpath(str(link.get("Target", ""))).lstrip("/")
            if str(link.get("Type", "")).endswith("/officeDocument") and target in self._zip.namelist():
                return target
        return _MAIN

    def _read_links(self) -> dict[str, list[str]]:
        folder, name = posixpath.split(self._main)
        root = self._parse(f"{folder}/_rels/{name}.rels")
        links: dict[str, list[str]] = {}
        for link in root.iter(_RELATION) if root is not None else ():
            if link.get("TargetMode") == "External":
                continue
            kind = str(link.get("Type", "")).rsplit("/", 1)[-1]
            target = str(link.get("Target", ""))
            links.setdefault(kind, []).append(posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/"))
        return links

    def _parse(self, name: str) -> Element | None:
        body = read_part(self._zip, name)
        if body is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            for strict, usual in _STRICT:
                body = body.replace(strict, usual)
            root = etree.fromstring(body, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableReport("Tệp Word bị hỏng: nội dung XML không hợp lệ.", code="damaged-file") from error
        if root.getroottree().docinfo.doctype:
            # Word never writes a DTD; entity tricks need one.
            raise UnreadableReport("Tệp Word chứa khai báo DTD, không được chấp nhận.", code="damaged-file")
        if root.xpath("count(//*)") > MAX_ELEMENTS or sum(1 for _ in root.iter(f"{W}p")) > MAX_PARAGRAPHS:
            raise UnreadableReport(
                "Tệp Word quá dài so với một báo cáo. Hãy tách thành các tệp ngắn hơn.", code="damaged-file"
            )
        return root


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment or an instruction."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, name: str) -> str | None:
    """Return attribute ``w:val`` of the child ``w:name``; "" when the child has none, None without the child."""
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else str(child.get(f"{W}val", ""))[:_MAX_VALUE_CHARS]


def is_on(element: Element | None, name: str) -> bool | None:
    """Return whether the switch ``w:name`` is on, None when it is not mentioned."""
    found = value(element, name)
    return None if found is None else found not in ("0", "false", "off", "none")
