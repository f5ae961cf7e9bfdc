from __future__ import annotations

import gzip
import json
from functools import cache
from itertools import islice
from pathlib import Path

from eval.fresh import sample_questions
from eval.scale.made import FIRST_YEAR, QUARTERS_OF_A_DISTRICT, MadeReport, Source, made_reports, sources, up_to
from eval.scale.places import COMMUNES, DISTRICTS, homes
from eval.scale.stored import info_of, read, write

SEED = 3


def first(count: int, *, seed: int = SEED) -> list[MadeReport]:
    return list(islice(made_reports(given(), homes(None, seed=seed), seed=seed), count))


@cache
def given() -> tuple[Source, ...]:
    return sources([], sets=[sample_questions()])


def test_made_reports_are_distinct_and_the_same_again() -> None:
    made = first(12)
    texts = [(p.text, p.context) for report in made for p in report.passages]
    ids = [p.id for report in made for p in report.passages]
    assert len(texts) == len(set(texts)) == len(set(ids)) > 500
    assert first(12) == made
    assert first(1, seed=SEED + 1)[0].passages[3] != made[0].passages[3]


def test_districts_have_two_years_of_quarters() -> None:
    made = first(QUARTERS_OF_A_DISTRICT + 1)
    assert len({report.place for report in made[:-1]}) == 1 and made[-1].place != made[0].place
    assert [(r.year, r.quarter) for r in made[:5]] == [(FIRST_YEAR, q) for q in (1, 2, 3, 4)] + [(FIRST_YEAR + 1, 1)]
    assert [(r.year, r.quarter) for r in made[-1:]] == [(FIRST_YEAR, 1)]


def test_questions_name_place_and_period_and_gold_stands_in_the_report() -> None:
    for report in first(4):
        ids = {passage.id for passage in report.passages}
        assert report.asked and {one.passage for one in report.asked} <= {*ids, ""}
        assert all(report.place in one.text and str(report.year) in one.text for one in report.asked)


def test_what_is_written_is_read_up_to_a_size(tmp_path: Path) -> None:
    made, path = first(3), tmp_path / "made.jsonl"
    assert write(path, made) == sum(len(report.passages) for report in made)
    again = list(read(path, len(made[0].passages) + 5))
    assert [len(report.passages) for report in again] == [len(made[0].passages), 5]
    assert [p.id for p in again[1].passages] == [p.id for p in made[1].passages[:5]]
    assert again[0].asked == made[0].asked
    assert next(iter(up_to(made, 7))).passages == made[0].passages[:7]
    assert info_of(again[0]).meta.area == made[0].place


def test_a_gazetteer_gives_real_names(tmp_path: Path) -> None:
    communes = {str(n): {"name": f"Tên {n}", "parent_code": "1"} for n in range(5)} | {
        "9": {"name": "5", "parent_code": "1"}
    }
    district = {"code": "1", "name": "Mộc", "name_with_type": "Huyện Mộc", "path": "Mộc, Sơn"}
    small = {"code": "2", "name": "Ít", "name_with_type": "Huyện Ít", "path": "Ít, Sơn"}
    for name, value in ((DISTRICTS, {"1": district, "2": small}), (COMMUNES, communes)):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            json.dump(value, file)
    (home,) = homes(tmp_path, seed=SEED)
    assert (home.name, home.kind, home.province) == ("Mộc", "huyện", "Sơn")
    assert home.communes == tuple(f"Tên {n}" for n in range(5))
    assert homes(tmp_path / "nowhere", seed=SEED) == homes(None, seed=SEED)
