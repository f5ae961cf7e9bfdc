"""What the styles of a Word file say of a paragraph or run: emphasis, what is hidden, outline level, numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.parse.word_package import Element, W, is_on, value

# A style is based on another at most this many times over; more is a loop.
_MAX_PARENTS = 12
_SWITCHES = {"bold": "b", "italic": "i", "hidden": "vanish", "capitals": "caps"}
# Built-in headings keep their English name in the file; other writers store the name they show.
_HEADING = re.compile(r"(?:heading|đầu đề|đề mục|tiêu đề)\s*([1-9])", re.IGNORECASE)
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_NO_FILL = frozenset({"", "auto", "none", "white", "clear"})
_WHITE_FROM = 0xF8
_TINY = 2  # half points


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list a paragraph belongs to; ``level`` 0-8, None where its ``style`` says it by being named in the list."""

    identity: str
    level: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. ``level``: outline level 1-9 of its paragraph, 0 for body text.

    ``white``: letters in white; ``filled``: something coloured lies behind them. ``size`` in half points, 0 unknown.
    """

    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False
    white: bool = False
    filled: bool = False
    size: int = 0
    font: str = ""
    capitals: bool = False
    centred: bool = False
    level: int = 0
    number: ListPlace | None = None

    @property
    def tiny(self) -> bool:
        """Tell whether the letters are too small for anyone to see (1 pt and less)."""
        return 0 < self.size <= _TINY


class Styles:
    """The style sheet; an absent part gives plain looks."""

    def __init__(self, root: Element | None) -> None:
        found = list(root.iter(f"{W}style")) if root is not None else []
        self._styles = {str(style.get(f"{W}styleId")): style for style in found}
        self._known: dict[str, Look] = {}
        self._plain = Look()
        if root is not None:
            defaults = f"{W}docDefaults/{W}"
            paragraph = root.find(f"{defaults}pPrDefault/{W}pPr")
            self._plain = _with_run(_with_paragraph(Look(), paragraph), root.find(f"{defaults}rPrDefault/{W}rPr"))
        usual = (s for s in found if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true", "on"))
        self._default = next((str(style.get(f"{W}styleId")) for style in usual), "")

    def of_paragraph(self, properties: Element | None) -> Look:
        """Return the look of a paragraph's runs before their own settings."""
        look = self._named(value(properties, "pStyle") or self._default)
        return _with_paragraph(look, properties)

    def of_run(self, base: Look, properties: Element | None) -> Look:
        """Return ``base`` with a run's own settings."""
        if properties is None:
            return base
        name = value(properties, "rStyle")
        if name and name in self._styles:
            named = self._named(name)
            base = replace(
                base,
                bold=base.bold or named.bold,
                italic=base.italic or named.italic,
                raised=base.raised or named.raised,
                hidden=base.hidden or named.hidden,
                white=base.white or named.white,
                filled=base.filled or named.filled,
                size=named.size if named.size != self._plain.size else base.size,
                font=named.font if named.font != self._plain.font else base.font,
            )
        return _with_run(base, properties)

    def list_of(self, name: str) -> str:
        """Return the id of the list that a numbering style stands for, "" for none."""
        style = self._styles.get(name)
        found = style.find(f"{W}pPr/{W}numPr") if style is not None else None
        return value(found, "numId") or ""

    def name_of(self, identity: str | None) -> str:
        """Return the name of a style, "" where it is not known."""
        return value(self._styles.get(identity or ""), "name") or ""

    def _named(self, name: str | None, depth: int = 0) -> Look:
        if not name or name not in self._styles or depth > _MAX_PARENTS:
            return self._plain
        if name not in self._known:
            style = self._styles[name]
            look = self._named(value(style, "basedOn"), depth + 1)
            properties = style.find(f"{W}pPr")
            heading = _HEADING.fullmatch(value(style, "name") or "")
            if heading is not None:
                look = replace(look, level=int(heading.group(1)))
            look = _with_run(_with_paragraph(look, properties, style=name), style.find(f"{W}rPr"))
            self._known[name] = look
        return self._known[name]


def has_fill(properties: Element | None) -> bool:
    """Tell whether paragraph, run or cell properties lay a colour behind their text."""
    shade = properties.find(f"{W}shd") if properties is not None else None
    if shade is not None:
        fill = str(shade.get(f"{W}fill", "auto")).lower()
        pattern = str(shade.get(f"{W}val", "clear"))
        themed = shade.get(f"{W}themeFill") not in (None, "background1")
        if themed or pattern not in ("clear", "nil") or (fill not in _NO_FILL and not _is_white(fill)):
            return True
    return (value(properties, "highlight") or "none") not in _NO_FILL


def _is_white(colour: str) -> bool:
    if not _HEX.fullmatch(colour):
        return False
    return all(int(colour[at : at + 2], 16) >= _WHITE_FROM for at in (0, 2, 4))


def _with_run(look: Look, properties: Element | None) -> Look:
    if properties is None:
        return look
    changes: dict[str, object] = {
        field: on for field, name in _SWITCHES.items() if (on := is_on(properties, name)) is not None
    }
    align, size = value(properties, "vertAlign"), value(properties, "sz")
    colour, fonts = properties.find(f"{W}color"), properties.find(f"{W}rFonts")
    if align is not None:
        changes["raised"] = align == "superscript"
    if size is not None and size.isdigit():
        changes["size"] = int(size)
    if colour is not None:
        themed = colour.get(f"{W}themeColor") == "background1" and colour.get(f"{W}themeShade") is None
        changes["white"] = themed or _is_white(str(colour.get(f"{W}val", "")))
    if fonts is not None and (named := fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")):
        changes["font"] = str(named)
    if has_fill(properties):
        changes["filled"] = True
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _with_paragraph(look: Look, properties: Element | None, *, style: str = "") -> Look:
    if properties is None:
        return look
    align = value(properties, "jc")
    outline = value(properties, "outlineLvl")
    number = properties.find(f"{W}numPr")
    if align is not None:
        look = replace(look, centred=align == "center")
    if outline is not None and outline.isdigit():
        look = replace(look, level=int(outline) + 1 if int(outline) < 9 else 0)
    if number is not None:
        look = replace(look, number=_list_place(look.number, number, style))
    if has_fill(properties):
        look = replace(look, filled=True)
    return look


def _list_place(kept: ListPlace | None, number: Element, style: str) -> ListPlace:
    identity, level = value(number, "numId"), value(number, "ilvl") or ""
    told = int(level) if level.isdigit() else None
    if told is None and kept is not None and (identity is None or identity == kept.identity):
        return replace(kept, style=style or kept.style)
    if told is None and not style:
        told = 0
    return ListPlace(identity or (kept.identity if kept else ""), told, style)
