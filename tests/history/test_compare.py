"""Two revisions, one against the other."""

from webapp.history import compare, preview


def test_a_comparison_is_from_the_old_text_to_the_new_one(write):
    post = write("zero\nsame", "one\nsame")

    comparison = compare.between(preview.at(post, 0), preview.at(post, 1))

    assert [(hunk.old_lines, hunk.new_lines) for hunk in comparison.hunks] == [(("zero",), ("one",))]


def test_what_no_page_could_show_is_not_compared_line_by_line(write):
    many = "\n".join(str(number) for number in range(compare.MOST_LINES + 1))
    post = write("zero", many, "\n" * 5 * compare.MOST_LINES)

    assert compare.between(preview.at(post, 0), preview.at(post, 1)) is None
    assert compare.between(preview.at(post, 2), preview.at(post, 2)) is None
