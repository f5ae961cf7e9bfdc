"""The numbers of the recipe, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class VocabularySizes:
    """How many pieces of each sort the tokenizer holds at most.

    ``words`` are written words of two to four syllables, kept whole ("tai nạn"); ``bare_*`` are the forms typed
    without accents; ``numbers`` are whole numbers seen often; ``pieces`` are sub-syllables for everything else.
    """

    syllables: int = 8_000
    words: int = 9_000
    bare_syllables: int = 3_500
    bare_words: int = 6_500
    numbers: int = 500
    pieces: int = 3_000
    min_count: int = 8


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """How a source is drawn from: its ``share`` of the batches, and how many neighbouring pairs stay together.

    Neighbours in a file come from one article or one law, so a ``block`` brings near misses into the batch.
    """

    name: str
    share: float
    block: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run depends on besides the data.

    ``steps`` batches of ``batch`` pairs are drawn from the sources as ``sources`` says, each batch from one
    source, so that the other passages of a batch are near misses of the same sort. ``nested`` are the Matryoshka
    dimensions, ``scale`` multiplies the cosine (1 / temperature), ``bare_share`` is the share of anchors whose
    accents are dropped, ``rate`` the peak learning rate. ``sif`` is the a of a / (a + p) with which vectors start
    (Arora et al. 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings").
    """

    seed: int = 20261123
    dim: int = 256
    nested: tuple[int, ...] = (256, 128, 64)
    batch: int = 1024
    steps: int = 1500
    rate: float = 0.005
    scale: float = 45.0
    bare_share: float = 0.35
    sif: float = 1e-3
    max_chars: int = 900
    threads: int = 2
    vocabulary: VocabularySizes = VocabularySizes()
    sources: tuple[SourcePlan, ...] = (
        SourcePlan("news", share=0.40, block=1),
        SourcePlan("wiki", share=0.27, block=16),
        SourcePlan("questions", share=0.27, block=64),
        SourcePlan("laws", share=0.06, block=64),
    )


@dataclass(frozen=True, slots=True)
class InteractionRecipe:
    """What training the reranker depends on besides the data.

    A step takes ``batch`` lists of one source (drawn by ``shares``) of ``candidates`` passages each. ``accented`` and
    ``bare``: at most so many words get a vector of their own, if seen ``fewest`` times (numbers more often);
    ``shared``: vectors the others share by hash. ``rates``: factors of the peak learning rate ``rate`` by weight.
    """

    seed: int = 20261130
    dim: int = 64
    accented: int = 20_000
    bare: int = 12_000
    shared: int = 4_096
    fewest: int = 6
    fewest_of_number: int = 200
    steps: int = 6_000
    batch: int = 24
    candidates: int = 12
    question_words: int = 48
    passage_words: int = 192
    bare_share: float = 0.3
    rate: float = 0.003
    rates: Mapping[str, float] = field(
        default_factory=lambda: {
            "importance": 5.0,
            "before": 0.5,
            "after": 0.5,
            "steepness": 3.0,
            "middle": 3.0,
            "mixed": 3.0,
            "scale": 3.0,
        }
    )
    threads: int = 2
    shares: Mapping[str, float] = field(
        default_factory=lambda: {
            "viquad": 0.42,
            "legal": 0.08,
            "laws": 0.04,
            "cloze": 0.26,
            "headings": 0.08,
            "news": 0.12,
        }
    )
