"""Characters of Word's symbol fonts: letters of Symbol and Wingdings as the signs they show."""

from __future__ import annotations

# The encodings of the two fonts as their makers publish them, in runs of following codes; the rest is not text.
_SYMBOL_RUNS = {
    0x22: "∀#∃%&∋()∗+,-./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA2: "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xC4: "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊",
    0xE5: "∑",
    0xF2: "∫",
}
_WINGDINGS_RUNS = {
    0x22: "✂",
    0x28: "☎",
    0x2A: "✉",
    0x46: "☞",
    0x6C: "●❍■□❐❑❒",
    0x75: "◆❖",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪◻",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←→↑↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗✓☒☑",
}
_OTHERS_RUNS = {0x4F: "✗✓☒☑", 0x97: "●", 0xA3: "□"}  # Wingdings 2
_PRIVATE = range(0xF020, 0xF100)


def _table(runs: dict[int, str]) -> dict[int, str]:
    return {first + at: sign for first, signs in runs.items() for at, sign in enumerate(signs)}


_TABLES = {"symbol": _table(_SYMBOL_RUNS), "wingdings": _table(_WINGDINGS_RUNS), "wingdings 2": _table(_OTHERS_RUNS)}
# A bullet says that a line is a list's, and its depth: what it looks like besides does not matter.
_BULLETS = {"-": "-–—−‒―", "◦": "o○◦", "+": "+✚"}


def shown(code: int, font: str) -> str | None:
    """Return the sign that character ``code`` of ``font`` shows, None where that is not known.

    Codes outside the private use area are characters like any other.
    """
    if code not in _PRIVATE:
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else None
    return _TABLES.get(font.strip().lower(), _TABLES["symbol"]).get(code - 0xF000)


def in_words(text: str, font: str) -> tuple[str, int]:
    """Return ``text`` with its symbol font characters as the signs they show, and how many of them are not known.

    Those that are not known are written as a bullet.
    """
    if not any(ord(ch) in _PRIVATE for ch in text):
        return text, 0
    signs = [shown(ord(ch), font) for ch in text]
    return "".join(sign or "•" for sign in signs), signs.count(None)


def bullet(text: str, font: str) -> str:
    """Return the bullet of a list level as typed lists have it: "-", "+", "◦" or "•"; "" for an empty one."""
    sign = in_words(text, font)[0].strip()[:1]
    if not sign:
        return ""
    return next((written for written, kind in _BULLETS.items() if sign in kind), "•")
