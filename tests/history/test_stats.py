"""Counting what there is."""

from webapp.history import stats
from webapp.operations import labels, restore


def test_an_empty_desk(app):
    counted = stats.everything()

    assert (counted.posts, counted.revisions, counted.text_bytes, counted.packed_bytes) == (0, 0, 0, 0)
    assert counted.database_bytes > 0


def test_every_revision_counts_its_text_and_every_text_once(write, cast):
    post = write("漢字", "é")
    write("abc")
    restore.revision(post, 0, seen=1, by=cast.author)

    counted = stats.everything()

    assert (counted.posts, counted.revisions, counted.text_bytes) == (2, 4, 6 + 2 + 6 + 3)
    assert 0 < counted.packed_bytes < 100


def test_a_long_history_of_small_edits_packs_well(write):
    lines = [f"line {number} of a text" for number in range(500)]
    texts = []
    for number in range(40):
        lines[number * 7] = f"edit {number}"
        texts.append("\n".join(lines))
    write(*texts)

    counted = stats.everything()

    assert counted.text_bytes == sum(len(text) for text in texts)
    assert counted.packed_bytes < counted.text_bytes / 50


def test_labels_count_as_long_as_they_are_there(write, cast):
    post = write("one", "two", "three")
    for number in range(3):
        labels.name(post, number, name="A name", by=cast.author)
    labels.name(post, 0, name="Another", by=cast.author)
    labels.remove(post, 1, by=cast.author)

    assert stats.everything().labels == 2


def test_counting_reads_no_text(write, statements):
    write("one")

    with statements() as said:
        stats.everything()

    assert len(said) == 6
    assert "body" not in " ".join(said)
