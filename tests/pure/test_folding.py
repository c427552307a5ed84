"""A page of changes holds every line or says how many it does not, and never more than it can."""

import time

from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import diff, folding
from webapp.pure.folding import Fold, Mark, Run

lines = st.lists(st.sampled_from(["a", "b", "", "some words", "other words"]), max_size=40)
TWENTY = [f"line {number}" for number in range(1, 21)]


def laid_out(old, new, **options):
    return folding.lay_out(diff.compare("\n".join(old), "\n".join(new)), **options)


def described(layout):
    """Return the parts, each in one word and its lines."""
    return [
        f"fold {part.first}-{part.last}"
        if isinstance(part, Fold)
        else f"{'opened' if part.opened else 'run'} {part.rows[0].old_line + 1}-{part.rows[-1].old_line + 1}"
        if isinstance(part, Run)
        else f"change {part.hunk.number}"
        for part in layout.parts
    ]


def test_equal_lines_far_from_changes_are_folded():
    changed = TWENTY.copy()
    changed[9] = "new"

    assert described(laid_out(TWENTY, changed)) == ["fold 1-6", "run 7-9", "change 0", "run 11-13", "fold 14-20"]


def test_a_fold_of_one_or_two_lines_is_not_worth_its_button():
    changed = ["new", *TWENTY[1:9], "new", *TWENTY[10:]]

    assert described(laid_out(TWENTY[:14], changed[:14])) == ["change 0", "run 2-9", "change 1", "run 11-14"]


def test_lines_whose_fold_was_opened_are_shown_and_marked():
    changed = [*TWENTY[:-1], "new"]

    assert described(laid_out(TWENTY, changed, opened=range(5, 9))) == [
        "fold 1-4",
        "opened 5-8",
        "fold 9-16",
        "run 17-19",
        "change 0",
    ]
    assert described(laid_out(TWENTY, changed, opened=range(1, 17))) == ["opened 1-16", "run 17-19", "change 0"]


def test_what_was_opened_elsewhere_changes_nothing():
    changed = [*TWENTY[:-1], "new"]

    assert laid_out(TWENTY, changed, opened=range(300, 400)) == laid_out(TWENTY, changed)


def test_equal_texts_have_no_change_and_everything_folded():
    assert described(laid_out(TWENTY, TWENTY)) == ["fold 1-20"]
    assert described(laid_out([], [])) == []


@given(lines, lines, st.sampled_from([1, 2]))
def test_every_line_of_the_old_text_is_on_the_page_or_in_a_fold(old, new, columns):
    shown = []
    for part in laid_out(old, new, columns=columns).parts:
        if isinstance(part, Fold):
            shown += range(part.first - 1, part.last)
        else:
            shown += [row.old_line for row in part.rows if row.old_line is not None]

    assert sorted(shown) == list(range(len(diff.lines("\n".join(old)))))


@given(lines, lines)
def test_marks_stand_in_order_on_the_strip(old, new):
    layout = laid_out(old, new)

    assert [mark.number for mark in layout.marks] == list(range(layout.shown))
    assert sorted(mark.top for mark in layout.marks) == [mark.top for mark in layout.marks]
    assert all(mark.top >= 0 and mark.top + mark.height <= folding.STRIP for mark in layout.marks)


def test_a_mark_says_what_kind_of_change_it_is():
    moved = "a paragraph that is long enough"
    old = [*TWENTY[:5], "gone", *TWENTY[5:9], moved, *TWENTY[9:14], "one", *TWENTY[14:]]
    new = [moved, *TWENTY[:5], *TWENTY[5:9], *TWENTY[9:14], "another", *TWENTY[14:], "added"]

    assert [mark.kind for mark in laid_out(old, new).marks] == ["move", "delete", "move", "replace", "insert"]
    assert laid_out(["one"], ["two"]).marks == (Mark(0, "replace", 0, 1000),)


def test_a_page_holds_no_more_lines_than_it_can():
    many = [f"{number} old" for number in range(4 * folding.MOST_LINES)]
    layout = laid_out(many, [f"{number} new" for number in range(len(many))])

    (change,) = layout.parts
    assert len(change.rows) + change.left_out == 2 * len(many)
    assert len(change.rows) == folding.MOST_LINES


def test_changes_that_do_not_fit_are_counted():
    old = [f"{number} old" if number % 2 else f"same {number}" for number in range(4 * folding.MOST_LINES)]
    new = [line.replace("old", "new") for line in old]

    layout = laid_out(old, new)

    assert layout.shown + layout.left_out == 2 * folding.MOST_LINES
    assert 0 < layout.left_out < 2 * folding.MOST_LINES


def test_a_very_long_line_is_cut_off_and_says_by_how_much():
    long = "x" * (folding.LONGEST_LINE + 5)

    (change,) = laid_out([long], ["short"]).parts

    assert [(len(row.pieces[0].text), row.left_out) for row in change.rows] == [(folding.LONGEST_LINE, 5), (5, 0)]


def test_an_empty_line_that_came_is_a_row_with_a_piece():
    (_, change) = laid_out(["a"], ["a", ""]).parts

    assert [(piece.kind, piece.text) for row in change.rows for piece in row.pieces] == [("insert", "")]


def test_the_page_of_two_lines_of_two_mebibytes_is_made_in_time():
    old, new = "word " * 400_000, "ward " * 400_000

    started = time.perf_counter()
    layout = laid_out([old], [new], columns=2)

    assert time.perf_counter() - started < 2
    assert layout.shown == 1


def test_a_fold_opens_to_its_lines():
    text = "\n".join(TWENTY)

    (run,) = folding.opened_run(text, first=5, last=7)

    assert [row.pieces[0].text for row in run.rows] == ["line 5", "line 6", "line 7"]


def test_a_long_fold_opens_in_parts():
    text = "\n" * 2000

    run, rest = folding.opened_run(text, first=11, last=1900)

    assert len(run.rows) == folding.OPENED_LINES
    assert (rest.first, rest.last) == (11 + folding.OPENED_LINES, 1900)


def test_a_fold_that_is_not_there_opens_to_nothing():
    assert folding.opened_run("one\ntwo", first=3, last=9) == ()
    assert folding.opened_run("one\ntwo", first=2, last=1) == ()
    assert folding.opened_run("", first=0, last=5) == ()
