"""A merge keeps what both wrote, asks where they disagree, and never says anything else than git does."""

import random
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import diff, merge
from webapp.pure.merge import Clean, Conflict

BASE = "one\n\ntwo\n\nthree\n\nfour\n"

texts = st.lists(st.sampled_from(["\n", "a\n", "b\n", "c\n"]), max_size=10).map("".join)
paragraphs = ["Ada\n", "Ben\n", "Cleo\n", "Dan\n", "Eve\n", "Finn\n", "Gus\n", "Hal\n"]


@st.composite
def triples(draw):
    """Draw a text and two edited copies; its lines are few and repeated, or all different."""
    kinds = draw(st.sampled_from([["\n", "a\n", "b\n", "c\n"], paragraphs]))
    base = draw(st.lists(st.sampled_from(kinds), max_size=10, unique=kinds is paragraphs))
    return tuple(
        "".join(lines).removesuffix(draw(st.sampled_from(["", "", "\n"])))
        for lines in (base, draw(edited(base, kinds)), draw(edited(base, kinds)))
    )


@st.composite
def edited(draw, lines, kinds):
    """Draw the lines after up to three replacements of up to two lines by up to two."""
    lines = list(lines)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines)))
        lines[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from([*kinds, "new\n"]), max_size=2))
    return lines


def test_clean_merges_are_those_that_git_makes(tmp_path):
    chance = random.Random(4)
    made = [_random_triple(chance) for _ in range(2_000)]
    clean = [(triple, merged.text) for triple in made if (merged := merge.merge(*triple)).clean]

    of_git = _git_merges(tmp_path, [triple for triple, _ in clean])

    both = [(triple, ours, git) for (triple, ours), git in zip(clean, of_git, strict=True) if git is not None]
    assert [triple for triple, ours, git in both if ours != git] == []
    assert len(both) > 900


@given(triples())
def test_the_two_sides_can_change_places(triple):
    base, ours, theirs = triple
    merged, swapped = merge.merge(base, ours, theirs), merge.merge(base, theirs, ours)

    assert [_swapped(part) for part in swapped.parts] == list(merged.parts)


@given(texts, texts)
def test_what_only_one_side_changed_is_taken(base, changed):
    assert merge.merge(base, changed, base).text == changed
    assert merge.merge(base, base, changed).text == changed


@given(texts, texts)
def test_what_both_sides_changed_equally_stands_once(base, changed):
    assert merge.merge(base, changed, changed).text == changed


def test_changes_apart_from_each_other_are_both_taken():
    merged = merge.merge(BASE, BASE.replace("one", "1"), BASE.replace("four", "4"))

    assert merged.parts == (Clean("1\n\ntwo\n\nthree\n\n4\n"),)
    assert merged.clean


def test_different_changes_of_a_line_are_a_conflict_between_clean_parts():
    merged = merge.merge(BASE, BASE.replace("two", "2"), BASE.replace("two", "zwei").replace("four", "vier"))

    assert merged.parts == (Clean("one\n\n"), Conflict("two\n", "2\n", "zwei\n"), Clean("\nthree\n\nvier\n"))
    assert merged.conflicts == (Conflict("two\n", "2\n", "zwei\n"),)


def test_changes_of_neighbouring_lines_are_a_conflict():
    assert merge.merge("a\nb\n", "1\nb\n", "a\n2\n").parts == (Conflict("a\nb\n", "1\nb\n", "a\n2\n"),)


def test_a_changed_and_a_removed_line_are_a_conflict():
    merged = merge.merge(BASE, BASE.replace("two\n", ""), BASE.replace("two", "2"))

    assert merged.conflicts == (Conflict("two\n", "", "2\n"),)


def test_a_line_feed_added_to_the_last_line_is_a_change_of_it():
    assert merge.merge("a\nb", "a\nb\nc", "a\nB").conflicts == (Conflict("b", "b\nc", "B"),)


def test_a_merge_with_conflicts_has_no_text():
    with pytest.raises(ValueError, match="has no text yet"):
        _ = merge.merge("a", "b", "c").text


def test_a_sentence_added_in_two_places_is_a_conflict_in_both():
    sentence = "The same sentence again.\n"
    merged = merge.merge(BASE, sentence + BASE, BASE + sentence)

    assert merged.parts == (Conflict("", sentence, ""), Clean(BASE), Conflict("", "", sentence))


def test_a_paragraph_moved_to_two_places_is_a_conflict_in_both():
    moved = "A paragraph on its way.\n\n"
    base = BASE.replace("three", f"{moved}three")

    merged = merge.merge(base, moved + BASE, f"{BASE}\n{moved}")

    assert merged.conflicts == (Conflict("", moved, ""), Conflict("", "", f"\n{moved}"))


def test_a_fence_may_be_added_in_two_places():
    assert merge.merge(BASE, "```\n" + BASE, BASE + "```\n").clean


def test_a_merge_that_hangs_on_the_choice_between_equal_lines_is_a_conflict():
    # Which of the equal lines stayed? Git guesses, and gives both sides' changes to other lines than they meant.
    merged = merge.merge("b\nb\nb\nc\nc\nc", "b\nb\nb\nd\nc\nc", "b\nb\nd\nb\nc\nc\nb\nc\nc\n")

    assert not merged.clean


def test_texts_too_large_to_compare_are_refused():
    with pytest.raises(diff.TooLarge):
        merge.merge("", "a\n" * 2_000_000, "")


def _swapped(part):
    return Conflict(part.base, part.theirs, part.ours) if isinstance(part, Conflict) else part


def _random_triple(chance):
    """Return a text and two edited copies; its lines are few and repeated, or all different."""
    repeated = chance.random() < 0.5
    kinds = ["\n", "a\n", "b\n", "c\n"] if repeated else paragraphs
    length = chance.randint(0, 10 if repeated else len(paragraphs))
    base = chance.choices(kinds, k=length) if repeated else chance.sample(kinds, length)
    versions = [base, *(_randomly_edited(chance, base, [*kinds, "new\n"]) for _ in range(2))]
    return tuple("".join(lines).removesuffix(chance.choice(["", "", "\n"])) for lines in versions)


def _randomly_edited(chance, lines, kinds):
    lines = [*lines]
    for _ in range(chance.randint(0, 3)):
        at = chance.randint(0, len(lines))
        lines[at : at + chance.randint(0, 2)] = chance.choices(kinds, k=chance.randint(0, 2))
    return lines


def _git_merges(directory, made):
    """Return what `git merge-file` makes of each, None for a conflict; by one shell, which starts it fastest."""
    for number, triple in enumerate(made):
        for name, text in zip(("base", "ours", "theirs"), triple, strict=True):
            (directory / f"{name}{number}").write_bytes(text.encode())
    loop = "i=0; while [ $i -lt $0 ]; do git merge-file -q ours$i base$i theirs$i; echo $?; i=$((i+1)); done"
    run = subprocess.run(["sh", "-c", loop, str(len(made))], cwd=directory, check=True, capture_output=True, text=True)
    return [
        (directory / f"ours{number}").read_bytes().decode() if conflicts == "0" else None
        for number, conflicts in enumerate(run.stdout.split())
    ]
