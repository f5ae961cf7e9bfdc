"""R35: what bears the stamp of a state secret is refused before storage, what only speaks of secrets is not."""

from __future__ import annotations

import pytest

from eval.hostile.marked_files import harmless_files, marked_files
from ingest.errors import RefusedReport
from ingest.parse.read import look_at, read_report


def test_every_stamped_document_is_refused_with_a_reason() -> None:
    files = marked_files()
    assert len(files) >= 60
    kept = []
    for file in files:
        try:
            look_at(file.data, name=file.name)
            kept.append(file.kind)
        except RefusedReport as error:
            assert error.code == "state-secret"
            assert "117/2025/QH15" in error.message
            assert "chưa được lưu" in error.message
            with pytest.raises(RefusedReport):
                read_report(file.data, name=file.name)
    assert kept == []


def test_no_harmless_document_is_refused() -> None:
    files = harmless_files()
    assert len(files) >= 60
    refused = []
    for file in files:
        try:
            look_at(file.data, name=file.name)
        except RefusedReport:
            refused.append((file.kind, file.data[-80:].decode("utf-8", "replace")))
    assert refused == []
