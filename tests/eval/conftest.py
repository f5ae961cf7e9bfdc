"""One ingest of the sample reports for all tests of the evaluation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eval.asking import in_process
from eval.fresh import fresh_services, sample_questions, sample_reports
from eval.questions import load
from eval.runner import Run, run


@pytest.fixture(scope="session")
def sample_run() -> Iterator[Run]:
    """Give the whole sample set asked of the real engine over the sample reports as Word files."""
    with fresh_services(sample_reports()) as services:
        yield run(load([sample_questions()]), in_process(services))
