from __future__ import annotations

from pathlib import Path

import pytest

from eval.retrieval.lexical_trials import Pool, Setting, settings, try_settings
from eval.retrieval.own import OwnSearcher, Side, edge_indexes
from eval.retrieval.sets import RetrievalSet, without_accents
from ingest.embed import load_embedder


def test_the_present_setting_scores_as_the_product_does(small: RetrievalSet, tmp_path: Path) -> None:
    setting = Setting("now")
    product = OwnSearcher(Side.LEXICAL, load_embedder(), edge_indexes(tmp_path))
    product.build(small.documents)
    pool = Pool(small.documents, {})
    for one in (small, without_accents(small)):
        run = pool.search(pool.questions(one.queries), pool.weighed(setting), setting)
        for qid, query in one.queries.items():
            assert dict(run[qid]) == pytest.approx(dict(product.search(query, 6)), rel=1e-5)
    product.close()


def test_settings_differ_from_the_present_one_and_from_each_other() -> None:
    tried = list(settings())
    assert len({one.name for one in tried}) == len(tried) > 20
    assert tried[0] == Setting(tried[0].name)


def test_every_setting_can_be_tried(small: RetrievalSet) -> None:
    outcomes = try_settings(small, list(settings()), told=lambda _: None)
    assert outcomes[0].hit == outcomes[0].bare_hit == 1
    accents_needed = try_settings(small, [Setting("x", bare={"s": 1.0})], told=lambda _: None)[0]
    assert accents_needed.bare_hit < accents_needed.hit
