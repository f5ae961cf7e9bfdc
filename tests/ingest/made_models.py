"""Small models of the real architectures with random weights, saved as SentenceTransformer folders.

What they compute means nothing; that a text reaches the encoder as the model wants it can be told by comparing with the
plain model fed by hand (``by_hand``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

TEXTS = [
    "Uỷ ban nhân dân tỉnh báo cáo tình hình tai nạn giao thông quý I.",
    "Toàn tỉnh xảy ra 18 vụ tai nạn giao thông, giảm 7 vụ so với cùng kỳ năm trước.",
    "Tỷ lệ hộ nghèo còn 3,2%, hộ cận nghèo 4,1%.",
    "query: passage: Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
]
WIDTH = 32


def saved(folder: Path, *, config: Any, model: Any, tokenizer: Any, pooling: str, prompts: dict[str, str]) -> Path:
    """Save encoder and tokenizer as a SentenceTransformer with this pooling ("mean", "cls", "lasttoken")."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    torch.manual_seed(7)
    base = folder / "base"
    tokenizer.save_pretrained(base)
    model(config).save_pretrained(base)
    body = Transformer(str(base))
    made = SentenceTransformer(
        modules=[body, Pooling(WIDTH, pooling_mode=pooling), Normalize()], device="cpu", prompts=prompts
    )
    made.save(str(folder))
    shutil.rmtree(base)
    return folder


def _needed() -> tuple[Any, Any]:
    return tuple(pytest.importorskip(name, reason="needs the models extra") for name in ("torch", "transformers"))


def shape(**more: object) -> dict[str, object]:
    return {
        "hidden_size": WIDTH,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "initializer_range": 0.3,
        **more,
    }


def xlm_roberta(folder: Path, *, positions: int = 66, prompts: dict[str, str] | None = None) -> Path:
    """As multilingual-e5, bge-m3 and Vietnamese_Embedding: sentence pieces with capitals, <s> and </s> around."""
    _, transformers = _needed()
    raw = Tokenizer(models.Unigram())
    raw.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.UnigramTrainer(vocab_size=150, special_tokens=special, unk_token="<unk>", show_progress=False)
    raw.train_from_iterator(TEXTS, trainer)
    raw.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>", pad_token="<pad>",
        unk_token="<unk>", mask_token="<mask>",
    )  # fmt: skip
    config = transformers.XLMRobertaConfig(
        vocab_size=raw.get_vocab_size(), max_position_embeddings=positions, pad_token_id=1, type_vocab_size=1, **shape()
    )
    return saved(
        folder,
        config=config,
        model=transformers.XLMRobertaModel,
        tokenizer=tokenizer,
        pooling="mean",
        prompts=prompts or {},
    )


def bert_uncased(folder: Path) -> Path:
    """As an uncased multilingual BERT, with the vector of [CLS]."""
    _, transformers = _needed()
    raw = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    raw.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=False)
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    raw.train_from_iterator(
        TEXTS, trainers.WordPieceTrainer(vocab_size=200, special_tokens=special, show_progress=False)
    )
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw, cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]",
        mask_token="[MASK]",
    )  # fmt: skip
    config = transformers.BertConfig(vocab_size=raw.get_vocab_size(), max_position_embeddings=64, **shape())
    return saved(folder, config=config, model=transformers.BertModel, tokenizer=tokenizer, pooling="cls", prompts={})


def phobert(folder: Path, *, words: Sequence[str] | None = None) -> Path:
    """As PhoBERT: its own tokenizer over words joined by "_", 34 positions of which RoBERTa's numbering leaves 32."""
    _, transformers = _needed()
    words = words or [
        *("Toàn", "tỉnh", "xảy", "ra", "18", "vụ", "tai_nạn", "giao_thông", ",", "giảm", "7", "so_với", "cùng_kỳ"),
        *("năm", "trước", ".", "tai", "nạn", "giao", "thông", "báo_cáo", "báo", "cáo"),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    vocab, merges = folder / "vocab.txt", folder / "bpe.codes"
    vocab.write_text("".join(f"{word} {100 - i}\n" for i, word in enumerate(words)), encoding="utf-8")
    merges.write_text("".join(dict.fromkeys(_merges(words))), encoding="utf-8")
    tokenizer = transformers.PhobertTokenizer(str(vocab), str(merges))
    config = transformers.RobertaConfig(
        vocab_size=len(tokenizer), max_position_embeddings=34, pad_token_id=1, type_vocab_size=1, **shape()
    )
    return saved(
        folder, config=config, model=transformers.RobertaModel, tokenizer=tokenizer, pooling="mean", prompts={}
    )


def _merges(words: Sequence[str]) -> list[str]:
    """The merges that build each word from its letters, left to right, as fastBPE writes them (with a count)."""
    made = []
    for word in words:
        letters = [*word[:-1], f"{word[-1]}</w>"]
        for end in range(1, len(letters)):
            made.append(f"{''.join(letters[:end])} {letters[end]} 1\n")
    return made


def qwen3(folder: Path) -> Path:
    """As Qwen3-Embedding: a decoder over bytes, padding on the left, the vector of the last token, its prompt."""
    _, transformers = _needed()
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(TEXTS, trainer)
    raw.post_processor = processors.TemplateProcessing(
        single="$A <|endoftext|>", pair=None, special_tokens=[("<|endoftext|>", 0)]
    )
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw, eos_token="<|endoftext|>", pad_token="<|endoftext|>", padding_side="left"
    )
    config = transformers.Qwen3Config(
        vocab_size=raw.get_vocab_size(),
        max_position_embeddings=256,
        num_key_value_heads=1,
        head_dim=16,
        pad_token_id=0,
        eos_token_id=0,
        **shape(),
    )
    instruction = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
    return saved(
        folder,
        config=config,
        model=transformers.Qwen3Model,
        tokenizer=tokenizer,
        pooling="lasttoken",
        prompts={"query": instruction, "document": ""},
    )


def by_hand(folder: Path, text: str, *, pooling: str, max_tokens: int | None = None) -> NDArray[np.float32]:
    """The unit vector of one text, by the plain encoder: no padding, no batch, no sentence-transformers."""
    torch, transformers = _needed()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32)
    given = tokenizer(text, return_tensors="pt", truncation=max_tokens is not None, max_length=max_tokens)
    with torch.inference_mode():
        states = model(**given).last_hidden_state[0]
    vector = {"mean": states.mean(0), "cls": states[0], "lasttoken": states[-1]}[pooling]
    return np.asarray(torch.nn.functional.normalize(vector, dim=0).numpy(), dtype=np.float32)


def note(folder: Path, **own: object) -> Path:
    """Write ``hoibaocao.json`` beside a model."""
    (folder / "hoibaocao.json").write_text(json.dumps(own), encoding="utf-8")
    return folder
