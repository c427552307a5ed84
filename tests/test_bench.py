"""The benchmarks compare with something that does the same work."""

import pytest

from bench import floor, probes

pytestmark = pytest.mark.only("sqlite", "the floor has a file of its own")


@pytest.fixture
def below(tmp_path, monkeypatch):
    for name, value in floor.make(tmp_path / "floor.db", "The words of the floor").items():
        monkeypatch.setenv(name, value)
    return floor.create_app().test_client()


def test_the_floor_answers_with_the_fragment_of_the_editor(below):
    answer = below.get(probes.EDITOR)

    assert answer.status_code == 200
    assert 'id="workspace"' in answer.text
    assert "The words of the floor" in answer.text


def test_the_floor_answers_with_fifty_rows_of_the_timeline(below):
    answer = below.get(probes.ROWS)

    assert answer.status_code == 200
    assert answer.text.count('class="revision"') == 50
