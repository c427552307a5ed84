"""The benchmarks compare with something that does the same work."""

import pytest

from bench import floor

pytestmark = pytest.mark.only("sqlite", "the floor has a file of its own")


def test_the_floor_answers_with_the_fragment_of_the_editor(tmp_path, monkeypatch):
    for name, value in floor.make(tmp_path / "floor.db", "The words of the floor").items():
        monkeypatch.setenv(name, value)

    answer = floor.create_app().test_client().get("/floor/1")

    assert answer.status_code == 200
    assert 'id="workspace"' in answer.text
    assert "The words of the floor" in answer.text
