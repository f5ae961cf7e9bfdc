"""Words that say little in any question, as the shipped reranker learned them: ``python -m eval.frequent_words``.

A word that reports seldom have ("làm", "quá", "sang") would weigh much by its rarity in them, though it is common in
questions. The reranker's importance of question words was learned from questions about other texts than reports; what
it counts for little is written to ``service/answer/frequent.tsv``.
"""

from __future__ import annotations

from pathlib import Path

from ingest.interaction import InteractionReranker, load_interaction

FULL = 5.0  # an importance from which on a word counts in full; most words have 9
LEAST = 0.1
_ROOT = Path(__file__).parents[1]
OUT = _ROOT / "service" / "answer" / "frequent.tsv"
_HEAD = (
    "# Words that say little in a question, and the share of their weight they keep. Made by eval.frequent_words.\n"
    "# A leading ~ marks the form of a question typed without accents.\n"
)


def common(model: InteractionReranker, *, bare: bool) -> dict[str, float]:
    """Return the words that count for less than in full with the share (LEAST..1) they keep, most common first."""
    shares = {word: max(LEAST, round(value / FULL, 2)) for word, value in model.importance(bare=bare).items()}
    return {word: share for word, share in sorted(shares.items(), key=lambda kv: kv[1]) if share < 1 and word.isalpha()}


def main() -> None:
    """Write the table."""
    model = load_interaction(_ROOT / "ingest" / "reranker")
    lines = [
        f"{mark}{word}\t{share}"
        for mark, bare in (("", False), ("~", True))
        for word, share in common(model, bare=bare).items()
    ]
    OUT.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
