"""A formula of a Word file as one line of text: "a/b", "x²", "√(n)"."""

from __future__ import annotations

from ingest.parse.word_package import Element, local

_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_RAISABLE, _LOWERABLE = set("0123456789+-()n"), set("0123456789+-()")


def formula(element: Element) -> str:
    """Return the text of ``m:oMath`` or of a part of it; "" for an empty one."""
    return "".join(_part(child) for child in element if isinstance(child.tag, str))


def _part(element: Element) -> str:
    name = local(element)
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
    if name == "rad":
        return f"√({_inside(element, 'e')})"
    if name in ("sSup", "sSub", "sSubSup"):
        return _inside(element, "e") + _low(_inside(element, "sub")) + _high(_inside(element, "sup"))
    if name == "d":
        return _bracketed(element)
    if name == "nary":
        return f"{_sign(element, 'naryPr', 'chr') or '∫'}{_inside(element, 'e')}"
    return "" if name.endswith("Pr") else formula(element)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if isinstance(child.tag, str) and local(child) == name), None)


def _inside(element: Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else formula(child)


def _grouped(element: Element, name: str) -> str:
    text = _inside(element, name)
    return text if text.replace(" ", "").isalnum() else f"({text})"


def _bracketed(element: Element) -> str:
    parts = [formula(child) for child in element if isinstance(child.tag, str) and local(child) == "e"]
    return f"{_sign(element, 'dPr', 'begChr') or '('}{'; '.join(parts)}{_sign(element, 'dPr', 'endChr') or ')'}"


def _sign(element: Element, settings: str, name: str) -> str:
    holder = _child(element, settings)
    sign = _child(holder, name) if holder is not None else None
    return "" if sign is None else next((str(told) for key, told in sign.attrib.items() if key.endswith("val")), "")


def _high(text: str) -> str:
    return text.translate(_RAISED) if set(text) <= _RAISABLE else f"^({text})"


def _low(text: str) -> str:
    return text.translate(_LOWERED) if set(text) <= _LOWERABLE else f"_{text}"
