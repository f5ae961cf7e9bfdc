"""Contrastive training of one vector per token: multiple negatives ranking with nested (Matryoshka) dimensions.

Henderson et al. 2017 (arXiv:1705.00652): a batch's other passages are the counter-examples.
Kusupati et al. 2022 (arXiv:2205.13147): the loss is summed over leading slices of the vector, so that
a shorter one works too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.training.corpus import Pair, bare
from ingest.training.recipe import Recipe
from ingest.training.vocabulary import BLANK
from ingest.vi.normalise import fold

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Token ids of n texts in a row: text i is ``ids[starts[i]:starts[i + 1]]``; ``starts`` has n + 1 entries."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return (ids, offsets) of the chosen texts as EmbeddingBag wants them."""
        parts = [self.ids[self.starts[row] : self.starts[row + 1]] for row in rows]
        offsets = np.cumsum([0, *(len(part) for part in parts[:-1])])
        return torch.from_numpy(np.concatenate(parts).astype(np.int64)), torch.from_numpy(offsets)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One source: anchors as written, the same without accents, passages, and a group number per pair."""

    anchors: Ragged
    bare: Ragged
    passages: Ragged
    groups: NDArray[np.int64]


def encode(pairs: Sequence[Pair], *, tokenizer: Tokenizer, max_chars: int) -> Encoded:
    """Turn pairs into token ids; texts are cut after ``max_chars`` characters."""
    numbers: dict[str, int] = {}
    groups = np.array([numbers.setdefault(pair.group, len(numbers)) for pair in pairs], dtype=np.int64)
    return Encoded(
        anchors=_ragged([pair.anchor[:max_chars] for pair in pairs], tokenizer),
        bare=_ragged([bare(pair.anchor[:max_chars]) for pair in pairs], tokenizer),
        passages=_ragged([pair.passage[:max_chars] for pair in pairs], tokenizer),
        groups=groups,
    )


def train(sources: Mapping[str, Encoded], *, tokenizer: Tokenizer, recipe: Recipe) -> Weights:
    """Return token vectors of shape (vocabulary, dim); row 0, the unknown token, is zero. Same input, same vectors."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    weight = torch.nn.Parameter(torch.from_numpy(_start(sources, tokenizer=tokenizer, recipe=recipe)))
    optimiser = torch.optim.Adam([weight], lr=recipe.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate_at(step, recipe.steps))
    for anchors, passages, groups in _batches(sources, recipe=recipe):
        optimiser.zero_grad(set_to_none=True)
        loss = _loss(_bag(anchors, weight), _bag(passages, weight), groups, recipe=recipe)
        loss.backward()
        optimiser.step()
        schedule.step()
        with torch.no_grad():
            weight[0] = 0.0
    vectors: Weights = weight.detach().numpy()
    return vectors


def _bag(texts: tuple[torch.Tensor, torch.Tensor], weight: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.embedding_bag(texts[0], weight, texts[1], mode="mean")


def _loss(anchors: torch.Tensor, passages: torch.Tensor, groups: torch.Tensor, *, recipe: Recipe) -> torch.Tensor:
    related = (groups[:, None] == groups[None, :]) & ~torch.eye(len(groups), dtype=torch.bool)
    target = torch.arange(len(groups))
    total = torch.zeros(())
    for dim in recipe.nested:
        left = torch.nn.functional.normalize(anchors[:, :dim], dim=1)
        right = torch.nn.functional.normalize(passages[:, :dim], dim=1)
        scores = (recipe.scale * left @ right.T).masked_fill(related, -1e4)
        total = total + torch.nn.functional.cross_entropy(scores, target)
        total = total + 0.5 * torch.nn.functional.cross_entropy(scores.T, target)
    return total


def _batches(
    sources: Mapping[str, Encoded], *, recipe: Recipe
) -> Iterator[tuple[tuple[torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor], torch.Tensor]]:
    rng = np.random.default_rng(recipe.seed)
    plans = [plan for plan in recipe.sources if plan.name in sources and len(sources[plan.name].groups) > 1]
    odds = np.array([plan.share for plan in plans])
    order: dict[str, NDArray[np.int64]] = defaultdict(lambda: np.empty(0, dtype=np.int64))
    for _ in range(recipe.steps):
        plan = plans[int(rng.choice(len(plans), p=odds / odds.sum()))]
        name, source = plan.name, sources[plan.name]
        if len(order[name]) < min(recipe.batch, len(source.groups)):
            order[name] = _shuffled(len(source.groups), block=plan.block, rng=rng)
        rows, order[name] = order[name][: recipe.batch], order[name][recipe.batch :]
        cut = int(len(rows) * recipe.bare_share)
        yield (
            _joined(source.bare.take(rows[:cut]), source.anchors.take(rows[cut:]))
            if cut
            else source.anchors.take(rows),
            source.passages.take(rows),
            torch.from_numpy(source.groups[rows]),
        )


def _shuffled(size: int, *, block: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return 0 .. size - 1 in random order but for blocks of neighbours, which start elsewhere each time."""
    rows = np.roll(np.arange(size), int(rng.integers(block)))
    blocks = [rows[start : start + block] for start in range(0, size, block)]
    return np.concatenate([blocks[i] for i in rng.permutation(len(blocks))])


def _joined(
    first: tuple[torch.Tensor, torch.Tensor], second: tuple[torch.Tensor, torch.Tensor]
) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.cat([first[0], second[0]]), torch.cat([first[1], second[1] + len(first[0])])


def _rate_at(step: int, steps: int) -> float:
    warm = max(1, steps // 20)
    return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))


def _start(sources: Mapping[str, Encoded], *, tokenizer: Tokenizer, recipe: Recipe) -> Weights:
    """Return starting vectors: random for a syllable, the sum for a word, the mean accented form for a bare one.

    Each is weighted down by how frequent it is, as frequent words say little.
    """
    rng = np.random.default_rng(recipe.seed)
    size = tokenizer.get_vocab_size()
    names = [str(tokenizer.id_to_token(i)) for i in range(size)]
    rows = {name: i for i, name in enumerate(names)}
    seen = sum(np.bincount(source.passages.ids, minlength=size) for source in sources.values()) + np.ones(size)
    vectors = rng.standard_normal((size, recipe.dim)).astype(np.float32) / np.float32(np.sqrt(recipe.dim))
    for name, row in rows.items():
        parts = [rows.get(BLANK + part) for part in name.split(BLANK)[1:]]
        if len(parts) > 1 and None not in parts:
            vectors[row] = vectors[[part for part in parts if part is not None]].sum(axis=0) + 0.3 * vectors[row]
    accented: dict[str, list[int]] = defaultdict(list)
    for name, row in rows.items():
        if fold(name) != name:
            accented[fold(name)].append(row)
    for plain, members in accented.items():
        if plain in rows:
            shares = seen[members] / seen[members].sum()
            vectors[rows[plain]] = (shares[:, None] * vectors[members]).sum(axis=0) + 0.5 * vectors[rows[plain]]
    weights = recipe.sif / (recipe.sif + seen / seen.sum())
    vectors *= weights[:, None].astype(np.float32)
    vectors[0] = 0.0
    return vectors


def _ragged(texts: Sequence[str], tokenizer: Tokenizer) -> Ragged:
    ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
    starts = np.concatenate([[0], np.cumsum([len(part) for part in ids])]).astype(np.int64)
    return Ragged(np.fromiter((i for part in ids for i in part), dtype=np.int32, count=int(starts[-1])), starts)
