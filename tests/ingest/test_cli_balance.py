"""``hoibaocao ingest balance`` over a world that really reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import make_ingest_app
from ingest.exit_codes import ExitCode
from ingest.pipeline import Ingestor
from ingest.preparing import Steps
from tests.ingest.ingest_fakes import World, opened_world
from tests.ingest.test_ingest_cli import lent

TEXT = "BÁO CÁO\nQuý I năm 2024\n\nI. THU\n\nThu đạt 12 tỷ đồng[1], chi 8 tỷ đồng[2].\n\n[1] Trong đó thuế 9 tỷ đồng.\n"


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[World]:
    with opened_world(tmp_path) as world:
        reading = Ingestor(
            catalogue=world.catalogue,
            originals=world.originals,
            serving=world.ingestor.serving,
            steps=Steps(),
        )
        reading.add(TEXT.encode(), name="thu.txt")
        yield world


def run(world: World, *words: str) -> str:
    report_id = world.catalogue.visible()[0].report_id
    app = make_ingest_app(lambda: lent(world.ingestor))
    result = CliRunner().invoke(app, ["balance", report_id[:8], *words])
    assert result.exit_code == ExitCode.OK, result.output
    return result.stdout


def test_what_was_read_and_what_to_look_at(filled: World) -> None:
    said = run(filled)
    assert "thu.txt" in said
    assert "Con số trong văn bản\t7" in said
    assert "thuộc số liệu\t3 (thành 3 số liệu)" in said
    assert "cần xem\tI. THU\t" in said
    assert "Đọc được phần lớn." in said


def test_as_json_with_places(filled: World) -> None:
    told = json.loads(run(filled, "--json"))
    assert told["quality"] == "mostly"
    assert told["balance"]["numbers"] == told["balance"]["in_figures"] + sum(told["balance"]["left_out"].values())
    (issue,) = [one for one in told["issues"] if one["severity"] == "warning"]
    assert (TEXT[issue["start"] : issue["end"]], issue["section_path"], issue["page"]) == ("[2]", ["I. THU"], None)
