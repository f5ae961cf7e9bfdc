from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from eval.formats import Group, InFormat, Reading, measure
from eval.formats_compare import Difference, Tally
from eval.formats_show import as_dict, show
from eval.fresh import sample_reports
from eval.questions import Gold, Kind, Question

QUESTION = Question(
    "one",
    "Ai ký báo cáo 6 tháng đầu năm 2023?",
    Kind.PERSON,
    answerable=True,
    answers=("Ngô Thị Thu Sáng",),
    evidence=(Gold("6-thang-2023", quote="Ngô Thị Thu Sáng"),),
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[InFormat]:
    folder: Path = tmp_path_factory.mktemp("formats")
    group = Group("samples", sample_reports()[:1], (QUESTION,))
    found = list(measure(group, folder, formats=("txt", "docx"), seed=1))
    name = sample_reports()[0].stem
    lost = Tally("figures", 4, 3, (Difference("wrong", "18 vụ", "13 vụ", ("value",)),))
    kinds = [Tally(kind, 1, 1, ()) for kind in ("sections", "footnotes", "table rows")]
    return [
        *found,
        InFormat("samples", "doc", (Reading(name, "unsupported-format"),)),
        InFormat("samples", "pdf", (Reading(name, tallies=(*kinds, lost), pages=2, seconds=1.0),)),
    ]


def printed(results: list[InFormat], *, each: bool) -> str:
    out = io.StringIO()
    show(results, Console(file=out, width=200), each=each)
    return out.getvalue()


def test_a_row_for_each_format_then_the_scores(results: list[InFormat]) -> None:
    lines = printed(results, each=False).splitlines()
    assert "doc\tchưa đọc được (unsupported-format)" in lines
    pdf = next(line for line in lines if line.startswith("pdf\t")).split("\t")
    assert pdf[-7:-3] == ["75.0", "0", "0", "1"]
    assert pdf[-1] == "0.50"
    assert "txt\t1\t100.0\t100.0\t+0.0\t0" in lines
    assert not any("13 vụ" in line for line in lines)


def test_each_difference_is_told_when_asked_for(results: list[InFormat]) -> None:
    assert "pdf 6-thang-2023 figures wrong (value): 18 vụ ⇒ 13 vụ" in printed(results, each=True)


def test_everything_goes_into_json(results: list[InFormat]) -> None:
    told = json.loads(json.dumps(as_dict(results, 5)))
    assert told["seed"] == 5
    formats = {one["format"]: one for one in told["groups"]["samples"]}
    assert formats["doc"]["reports"][0]["problem"] == "unsupported-format"
    assert formats["pdf"]["reports"][0]["pieces"]["figures"]["differences"][0]["other"] == "13 vụ"
    assert formats["txt"]["scores"] == {
        "questions": 1,
        "right": 1.0,
        "right_cited": 1.0,
        "changed": [],
        "unlocated": [],
    }
