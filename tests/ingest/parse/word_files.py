"""Small Word files made by hand for these tests: exactly the XML each of them is about."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMES = f'xmlns:w="{_W}" xmlns:mc="{_MC}" xmlns:r="{_R}"'


def run(text: str, look: str = "") -> str:
    """Return a run; ``look`` is the inside of its w:rPr."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, settings: str = "") -> str:
    """Return a paragraph of runs; a run may be plain text."""
    body = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{settings}</w:pPr>{body}</w:p>"


def mark(identity: int, kind: str = "footnote") -> str:
    """Return a run that refers to a note."""
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def cell(content: str, settings: str = "") -> str:
    """Return a table cell; plain text becomes one paragraph."""
    content = content if content.startswith("<") else para(content)
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{content}</w:tc>"


def table(*rows: str, settings: str = "", head: int = 0) -> str:
    """Return a table; the first ``head`` rows are marked as column heads."""
    done = [
        f"<w:tr><w:trPr>{'<w:tblHeader/>' if number < head else ''}</w:trPr>{row}</w:tr>"
        for number, row in enumerate(rows)
    ]
    return f"<w:tbl><w:tblPr>{settings}</w:tblPr>{''.join(done)}</w:tbl>"


def notes(kind: str, texts: dict[int, str]) -> str:
    """Return a notes part; ``kind`` is "footnote" or "endnote"."""
    body = "".join(f'<w:{kind} w:id="{identity}">{para(text)}</w:{kind}>' for identity, text in texts.items())
    return f"<w:{kind}s {_NAMES}>{body}</w:{kind}s>"


def part(root: str, body: str) -> str:
    """Return any other part with root element ``w:root``."""
    return f"<w:{root} {_NAMES}>{body}</w:{root}>"


def styles(body: str) -> str:
    """Return a style sheet part of w:style elements."""
    return part("styles", body)


def field(instruction: str, result: str) -> str:
    """Return the runs of a field; ``result``: plain text or runs."""

    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    shown = result if result.startswith("<") else run(result)
    asked = instruction.replace('"', "&quot;")
    asking = f"<w:r><w:instrText> {asked} </w:instrText></w:r>"
    return sign("begin") + asking + sign("separate") + shown + sign("end")


def docx(
    body: str, parts: dict[str, str] | None = None, *, headers: tuple[str, ...] = (), strict: bool = False
) -> bytes:
    """Return a .docx with ``body`` and other parts by name without folder ("footnotes.xml")."""
    links = "".join(
        f'<Relationship Id="h{number}" Type="{_R}/header" Target="header{number}.xml"/>'
        for number in range(len(headers))
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_REL}">{links}</Relationships>',
    }
    files |= {f"word/{name}": content for name, content in (parts or {}).items()}
    files |= {f"word/header{number}.xml": part("hdr", content) for number, content in enumerate(headers)}
    if strict:
        files = {name: content.replace(_W, _STRICT) for name, content in files.items()}
    return zipped({name: content.encode() for name, content in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip container of ``files``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()
