"""Header and signature blocks -> ReportMeta."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.domain import ReportMeta, Section, Span
from ingest.parse.blocks import Grid, Para
from ingest.parse.header_period import period_of_headings, period_of_title
from ingest.parse.patterns import DATE, DOC_TYPES, MOTTO, NATION, NUMBER, TYPE_START, is_capitals
from ingest.parse.signature import read_signature
from ingest.parse.zones import Zones, is_type_line
from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from ingest.vi.reading import read

_DISTRICTS = ("huyện", "quận", "thị xã")
_PROVINCES = ("tỉnh", "thành phố")
# Words that never belong to a place's name but follow it in titles.
_NAME_STOPS = frozenset(
    ("giai", "nam", "quy", "thang", "va", "ve", "den", "trong", "khoa", "ky", "nhiem", "uy", "doan", "doi")
)
_NAME = r"[{UP}][\w’'-]*(?:\s+[{UP}][\w’'-]*){0,3}"
_AREA = pattern(
    r"\b(?P<unit>[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh|[Xx]ã(?!\s+[Hh]ội)|[Pp]hường|[Tt]hị trấn)"
    rf"\s+(?P<name>{_NAME})"
)
_CAPITAL_AREA = pattern(
    r"\b(?P<unit>HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TP\.?|TỈNH|XÃ(?!\s+HỘI)|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)"
    r"\s+(?P<name>[{UP}][{UP}’' ]{1,40})"
)
_OFFICE_BEFORE = re.compile(r"(?<!\w)(?:chủ tịch|bí thư)(?:[ -]+[^\W\d]+){0,5}\s$")
# A body named by its kind alone goes on with its place on the next line (ỦY BAN NHÂN DÂN / HUYỆN X).
_BARE_BODY = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|ban chap hanh|uy ban|van phong|so|bo|cuc thong ke)"
)
# The line of a body below that of the body above it, both typed in one paragraph; folded.
_BODY_LINE = re.compile(
    r"(?:uy ban|ubnd|hoi dong|hdnd|dang uy|huyen uy|so|phong|ban|tram|truong|chi cuc|cuc|trung tam|van phong|cong an|"
    r"benh vien|kho bac|toa an|vien|hoi|doan|doi)\s+\w+\s+\w"
)
# The nation's or the party's name goes on here where a narrow column breaks it; folded.
_NATION_GOES_ON = re.compile(r"(?:(?:(?:xa )?hoi )?(?:chu )?nghia )?viet nam|(?:(?:cong )?san )viet nam")
_ON_BEHALF = re.compile(r"TM\s*\.\s*(?P<body>.+)")


@dataclass(frozen=True, slots=True)
class _Found:
    """A value with the place it was read at."""

    value: str = ""
    span: Span | None = None


def read_meta(text: str, items: Sequence[Para | Grid], zones: Zones, sections: Sequence[Section] = ()) -> ReportMeta:
    """Return what header and signature say; fields they do not say are "" or None.

    A title that names no period leaves it to the headings of ``sections``.
    """
    until = zones.type_at if zones.type_at is not None else zones.header_end
    head = [item for n, item in enumerate(items[:until]) if isinstance(item, Para) and n not in zones.title]
    parent, issuer = _issuer(text, head)
    number = _number(head)
    issued_at, issued_on, date_span = _issued(head)
    doc_type = _doc_type(items, zones)
    title = _title(text, items, zones)
    signature = read_signature(_signature_lines(text, items, zones))
    area = _area((issuer.value, parent.value), title.value, text)
    if not issuer.value:
        issuer = _issuer_below(items, zones, area)
    period, period_span = period_of_title(text, title.value, title.span, issued_on)
    if period is None:
        period, period_span = period_of_headings(text, sections, issued_on, doc_type)
    spans = dict(signature.spans)
    named = {"issuer": issuer.span, "number": number.span, "issued_on": date_span, "title": title.span}
    named |= {"period": period_span}
    spans |= {field: span for field, span in named.items() if span is not None}
    return ReportMeta(
        issuer=issuer.value,
        parent_issuer=parent.value,
        number=number.value,
        doc_type=doc_type,
        title=title.value,
        issued_on=issued_on,
        issued_at=issued_at,
        area=area,
        period=period,
        signer=signature.signer,
        signer_role=signature.role,
        recipients=signature.recipients,
        spans=spans,
    )


def _issuer(text: str, head: Sequence[Para]) -> tuple[_Found, _Found]:
    """Return (parent body, issuing body) from the capital lines that are not the nation, motto, number or date."""
    names: list[_Found] = []
    for para in _typed_lines(text, head):
        line = _left_column(para.reading.text)
        if not line or not is_capitals(line) or NUMBER.match(line) or is_type_line(line):
            continue
        if _NATION_GOES_ON.fullmatch(fold(line)):
            continue
        first = para.reading.text.find(line)
        span = Span(para.reading.offsets[first], para.reading.offsets[first + len(line) - 1] + 1)
        if names and _BARE_BODY.fullmatch(fold(names[-1].value)):
            start = names[-1].span.start if names[-1].span is not None else span.start
            names[-1] = _Found(f"{names[-1].value} {line}", Span(start, span.end))
        else:
            names.append(_Found(line, span))
    if not names:
        return _Found(), _Found()
    return (_Found(), names[0]) if len(names) == 1 else (names[0], names[1])


def _issuer_below(items: Sequence[Para | Grid], zones: Zones, area: str) -> _Found:
    """Return the issuing body of a text without head: named under the title, or signed for ("TM. ỦY BAN NHÂN DÂN")."""
    head = items[: zones.header_end]
    for number, item in enumerate(head):
        text = item.reading.text if isinstance(item, Para) else ""
        if zones.type_at is not None and number > zones.type_at and number not in zones.title and is_capitals(text):
            return _whole(item, text)
    start, end = zones.signature or (0, 0)
    for item in items[start:end]:
        text = item.reading.text if isinstance(item, Para) else ""
        if is_capitals(text) and (match := _ON_BEHALF.match(text)):
            body = match.group("body").strip()
            place = f" {area}" if area and _BARE_BODY.fullmatch(fold(body)) else ""
            return _Found(f"{body[0]}{body[1:].lower()}{place}" if place else body, _whole(item, text).span)
    return _Found()


def _whole(item: Para | Grid, text: str) -> _Found:
    return _Found(text, Span(item.reading.offsets[0], item.reading.offsets[-1] + 1) if isinstance(item, Para) else None)


def _left_column(line: str) -> str:
    """Return ``line`` without the nation's name and motto, which converted heads print behind the agency."""
    folded = fold(line)
    cuts = [match.start() for pattern in (NATION, MOTTO) if (match := pattern.search(folded))]
    return line[: min(cuts, default=len(line))].strip(" -–_|")


def _number(head: Sequence[Para]) -> _Found:
    for para in head:
        if match := NUMBER.match(para.reading.text):
            value = re.sub(r"[\s.…]+", "", match.group("number"))
            begin = match.start("number")
            while para.reading.text[begin] == " ":
                begin += 1
            return _Found(value, Span(para.reading.offsets[begin], para.reading.offsets[match.end("number") - 1] + 1))
    return _Found()


def _issued(head: Sequence[Para]) -> tuple[str, date | None, Span | None]:
    for para in head:
        match = DATE.search(para.reading.text)
        if match is None:
            continue
        place = match.group("place").strip(" *-")
        begin = para.reading.text.index(place, match.start())
        span = Span(para.reading.offsets[begin], para.reading.offsets[match.end() - 1] + 1)
        parts = [match.group(part) for part in ("year", "month", "day")]
        if not all(part.isdigit() for part in parts):
            return place, None, span
        try:
            return place, date(int(parts[0]), int(parts[1]), int(parts[2])), span
        except ValueError:
            return place, None, span
    return "", None, None


def _doc_type(items: Sequence[Para | Grid], zones: Zones) -> str:
    item = items[zones.type_at] if zones.type_at is not None else None
    if not isinstance(item, Para):
        return ""
    folded = " ".join(fold(item.reading.text.strip(" :*")).split())
    match = TYPE_START.match(folded)
    return DOC_TYPES.get(folded) or (DOC_TYPES.get(match.group(1), "") if match else "")


def _title(text: str, items: Sequence[Para | Grid], zones: Zones) -> _Found:
    parts = [item for number in zones.title if isinstance(item := items[number], Para)]
    if not parts:
        return _Found()
    value = " ".join(part.reading.text for part in parts)
    start, end = parts[0].reading.offsets[0], parts[-1].reading.offsets[-1] + 1
    if zones.type_at in zones.title and (match := TYPE_START.match(fold(value))):
        skip = len(match.group(1))
        start = parts[0].reading.offsets[skip + 1]
        value = value[skip:].strip()
    return _Found(value.strip(), Span(start, end))


def _signature_lines(text: str, items: Sequence[Para | Grid], zones: Zones) -> list[Para]:
    """Return the signature block line by line (a block may hold several typed lines)."""
    if zones.signature is None:
        return []
    paras = (item for item in items[zones.signature[0] : zones.signature[1]] if isinstance(item, Para))
    return [line for para in paras for line in _split(text, para, lambda _: True)]


def _typed_lines(text: str, head: Sequence[Para]) -> Iterator[Para]:
    """Yield the blocks of a head, those in which a body has its line below that of another cut in two."""
    for para in head:
        yield from _split(text, para, lambda line: _BODY_LINE.match(fold(line)) is not None)


def _split(text: str, para: Para, begins: Callable[[str], bool]) -> Iterator[Para]:
    """Yield the typed lines of ``para``, each with those below it that begin nothing new; empty ones are left out."""
    whole, at = para.spans[0].of(text), para.spans[0].start
    # Asterisks that stay open over a line break hold one phrase together.
    pieces = whole.split("\n") if "*" not in whole else [whole]
    joined: list[str] = []
    for piece in pieces:
        if joined and not begins(piece):
            joined[-1] += f"\n{piece}"
        else:
            joined.append(piece)
    for piece in joined:
        span = Span(at, at + len(piece))
        line = Para(para.block, (span,), read(text, (span,)))
        if line.reading.text:
            yield line
        at = span.end + 1


_MIN_MENTIONS = 3


def _area(issuers: Sequence[str], title: str, text: str) -> str:
    """Return the unit reported on: from the title, else the issuer or its parent, else the one named most in the text.

    Behind an office a title may go on with its holder ("Chủ tịch UBND tỉnh Trần Văn A"): the issuers come first then.
    """
    held = (match := _AREA.search(title)) is not None and _OFFICE_BEFORE.search(
        unify(title[: match.start()])
    ) is not None
    for source in (*issuers, title) if held else (title, *issuers):
        if match := _AREA.search(source):
            return f"{_unit(match.group('unit'))} {match.group('name')}"
        for match in _CAPITAL_AREA.finditer(source):
            if name := _capital_name(match, text):
                return f"{_unit(match.group('unit'))} {name}"
    named = Counter((unify(m.group("unit")), m.group("name")) for m in _AREA.finditer(text))
    ranked = [
        # Counted without its type: a text names its own province in full once and then plainly.
        (text.count(name), typed, unit in _DISTRICTS, f"{unit} {name}")
        for (unit, name), typed in named.items()
        if unit in (*_DISTRICTS, *_PROVINCES) and text.count(name) >= _MIN_MENTIONS
    ]
    return max(ranked)[3] if ranked else ""


def _capital_name(match: re.Match[str], text: str) -> str:
    """Return the name in its usual spelling; how far it goes in a line of capitals is told by the rest of the text."""
    unit, words = _unit(match.group("unit")), _proper(match.group("name")).split()
    words = words[: next((i for i, word in enumerate(words) if fold(word) in _NAME_STOPS), 4)][:4]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if f"{unit} {name}" in text:
            return name
    return " ".join(words)


def _unit(word: str) -> str:
    return "thành phố" if word.upper().startswith("TP") else unify(word)


def _proper(name: str) -> str:
    words = name.strip(" -–.,").split()
    return " ".join(w[0].upper() + w[1:].lower() if w.isupper() else w for w in words)
