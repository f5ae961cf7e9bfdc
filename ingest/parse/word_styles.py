"""What the styles of a Word file say of a paragraph or run: emphasis, superscript, hidden, centred, numbering."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.parse.word_package import Element, W, is_on, value

# A style is based on another at most this many times over; more is a loop.
_MAX_PARENTS = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. ``level``: outline level 1-9 of its paragraph style, 0 for body text."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False
    capitals: bool = False
    centred: bool = False
    level: int = 0
    number: tuple[str, int] | None = None  # (numId, ilvl)


class Styles:
    """The style sheet; an absent part gives plain looks."""

    def __init__(self, root: Element | None) -> None:
        found = root.iter(f"{W}style") if root is not None else ()
        self._styles = {str(style.get(f"{W}styleId")): style for style in found}
        self._known: dict[str, Look] = {}

    def of_paragraph(self, properties: Element | None) -> Look:
        """Return the look of a paragraph's runs before their own settings."""
        look = self._named(value(properties, "pStyle"))
        return _with_paragraph(look, properties)

    def of_run(self, base: Look, properties: Element | None) -> Look:
        """Return ``base`` with a run's own settings."""
        if properties is None:
            return base
        name = value(properties, "rStyle")
        if name:
            named = self._named(name)
            base = replace(
                base,
                bold=base.bold or named.bold,
                italic=base.italic or named.italic,
                raised=base.raised or named.raised,
                hidden=base.hidden or named.hidden,
            )
        return _with_run(base, properties)

    def _named(self, name: str | None, depth: int = 0) -> Look:
        if not name or name not in self._styles or depth > _MAX_PARENTS:
            return Look()
        if name not in self._known:
            style = self._styles[name]
            look = self._named(value(style, "basedOn"), depth + 1)
            look = _with_run(_with_paragraph(look, style.find(f"{W}pPr")), style.find(f"{W}rPr"))
            self._known[name] = look
        return self._known[name]


def _with_run(look: Look, properties: Element | None) -> Look:
    if properties is None:
        return look
    switches = {"bold": "b", "italic": "i", "hidden": "vanish", "capitals": "caps"}
    changes = {field: on for field, name in switches.items() if (on := is_on(properties, name)) is not None}
    align = value(properties, "vertAlign")
    if align is not None:
        changes["raised"] = align == "superscript"
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _with_paragraph(look: Look, properties: Element | None) -> Look:
    if properties is None:
        return look
    align = value(properties, "jc")
    outline = value(properties, "outlineLvl")
    number = properties.find(f"{W}numPr")
    if align is not None:
        look = replace(look, centred=align == "center")
    if outline is not None and outline.isdigit() and int(outline) < 9:
        look = replace(look, level=int(outline) + 1)
    if number is not None:
        identity, level = value(number, "numId"), value(number, "ilvl") or "0"
        kept = look.number[0] if look.number else ""
        look = replace(look, number=(identity or kept, int(level) if level.isdigit() else 0))
    return look
