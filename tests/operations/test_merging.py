"""A save that lost the race: both changes in one, a choice where they clash, and nobody's text lost."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Conflict, Missing
from webapp.history import drafts as drafting
from webapp.history import merging as reading
from webapp.history import preview, verify
from webapp.models import Post, Side, StoredText
from webapp.operations import drafts, erase, merging, posts, trash
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Answer, Choice

BASE = "one\n\ntwo\n\nthree\n"
HERS = "one by her\n\ntwo\n\nthree\n"
MINE = "one\n\ntwo\n\nthree of mine\n"
BOTH = "one by her\n\ntwo\n\nthree of mine\n"


def save(post: Post, body: str, *, by, seen: int = 0, title: str = "A post", tags: str = "", **more) -> merging.Merged:
    return merging.save(post, title=title, body=body, tags=tags, note=more.pop("note", ""), seen=seen, by=by, **more)


def latest(post: Post) -> preview.Revision:
    db.session.rollback()
    return preview.at(Post.get(post.id))


@pytest.fixture
def post(write, cast) -> Post:
    """Revision 0, on which hers was saved as revision 1 while mine was typed."""
    post = write(BASE)
    save(post, HERS, by=cast.author)
    return post


def test_without_a_race_it_is_a_save_like_any_other(write, cast):
    merged = save(write(BASE), MINE, by=cast.editor)

    assert merged == merging.Merged(posts.Saved(1, 1, made=True))


def test_changes_in_other_places_are_merged(post, cast):
    merged = save(post, MINE, by=cast.editor, note="why")

    assert (merged.saved.revision, merged.merged_with) == (2, 1)
    now = latest(post)
    assert (now.body, now.kind, now.source_revision, now.note) == (BOTH, Kind.MERGED, 1, "why")
    assert now.editor.name == cast.editor.name


def test_title_and_tags_are_merged_too(write, cast):
    post = write(BASE, tags="a, b")
    save(post, BASE, by=cast.author, title="Her title", tags="a, b, hers")

    save(post, BASE, by=cast.editor, tags="b, mine")

    assert (latest(post).title, latest(post).tags) == ("Her title", ("b", "mine", "hers"))


def test_what_was_typed_stays_beside_the_merged_revision(post, cast):
    save(post, MINE, by=cast.editor, tags="mine")

    side = reading.side(post.id, 2)
    assert (side.body, side.title, side.tags, side.seen) == (MINE, "A post", ("mine",), 0)
    assert side.by.name == cast.editor.name
    assert verify.everything().ok


def test_a_clash_is_refused_with_nothing_written(post, cast):
    with pytest.raises(Conflict) as refused:
        save(post, "one by me\n\ntwo\n\nthree\n", by=cast.editor)

    assert (refused.value.seen, refused.value.latest) == (0, 1)
    assert (latest(post).number, latest(post).body) == (1, HERS)


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (Choice.BOTH, "one by me\none by her\n"),
        (Choice.EDIT, "one by us\n"),
    ],
)
def test_a_clash_is_decided_by_an_answer(post, cast, choice, text):
    mine = "one by me\n\ntwo\n\nthree of mine\n"
    race = reading.race(Post.get(post.id), title="A post", tags="", body=mine, seen=0)
    answers = {question.key: Answer(choice, "one by us") for question in race.together.questions}

    merged = save(post, mine, by=cast.editor, answers=answers)

    assert (merged.saved.made, latest(post).body) == (True, f"{text}\ntwo\n\nthree of mine\n")
    assert reading.side(post.id, 2).body == mine


def test_whoever_takes_their_own_everywhere_saves_what_they_typed(post, cast):
    mine = "one by me\n\ntwo\n\nthree\n"
    race = reading.race(Post.get(post.id), title="A post", tags="", body=mine, seen=0)
    answers = {question.key: Answer(Choice.OURS) for question in race.together.questions}

    save(post, mine, by=cast.editor, answers=answers)

    assert (latest(post).body, latest(post).kind, latest(post).source_revision) == (mine, Kind.WRITTEN, None)


def test_whoever_takes_theirs_everywhere_finds_their_own_beside_it_and_can_undo_that(post, cast):
    mine = "one by me\n\ntwo\n\nthree\n"
    race = reading.race(Post.get(post.id), title="A post", tags="", body=mine, seen=0)
    answers = {question.key: Answer(Choice.THEIRS) for question in race.together.questions}

    saved = [save(post, mine, by=cast.editor, answers=answers, save_id="s").saved for _ in range(2)]

    assert saved == [posts.Saved(1, 2, made=True), posts.Saved(1, 2, made=False, sent_before=True)]
    assert (latest(post).body, latest(post).kind, latest(post).source_revision) == (HERS, Kind.MERGED, 1)
    assert reading.side(post.id, 2).body == mine
    assert verify.everything().ok
    assert merging.undo(Post.get(post.id), 2, seen=2, by=cast.editor).revision == 3
    assert drafting.at(drafting.newest(post.id, by=cast.editor).id, by=cast.editor).body == mine


def test_one_person_in_two_tabs_is_not_in_conflict_with_themself(post, cast):
    merged = save(post, MINE, by=cast.author)

    assert (merged.merged_with, latest(post).body) == (1, BOTH)


def test_the_same_text_in_two_tabs_is_saved_once(post, cast):
    merged = save(post, HERS, by=cast.author)

    assert merged.saved == posts.Saved(1, 1, made=False)


def test_a_merged_save_sent_again_makes_no_second_revision(post, cast):
    first = save(post, MINE, by=cast.editor, save_id="s")

    again = save(post, MINE, by=cast.editor, save_id="s")

    assert (first.saved.made, again.saved.made, again.saved.revision) == (True, False, 2)
    assert latest(post).number == 2


def test_a_merged_save_sent_again_after_others_built_on_it_is_no_conflict_with_itself(post, cast):
    save(post, MINE, by=cast.editor, save_id="s")
    save(post, BOTH.replace("of mine", "of hers"), by=cast.author, seen=2)

    again = save(post, MINE, by=cast.editor, save_id="s")

    assert again.saved == posts.Saved(1, 2, made=False, sent_before=True)
    assert latest(post).number == 3


def test_a_merged_save_sent_again_after_somebody_undid_it_is_not_made_again(post, cast):
    save(post, MINE, by=cast.editor, save_id="s")
    save(post, HERS, by=cast.author, seen=2)

    again = save(post, MINE, by=cast.editor, save_id="s")

    assert again.saved == posts.Saved(1, 2, made=False, sent_before=True)
    assert (latest(post).number, latest(post).body) == (3, HERS)


def test_a_text_whose_base_was_erased_is_refused(post, cast):
    erase.revisions(post, [0], reason="asked to", by=cast.admin)

    with pytest.raises(Conflict):
        save(post, MINE, by=cast.editor)


# ── Undoing a merge ─────────────────────────────────────────────────────────────────────────────


def test_undoing_a_merge_brings_back_theirs_and_makes_mine_a_draft(post, cast):
    save(post, MINE, by=cast.editor)

    saved = merging.undo(Post.get(post.id), 2, seen=2, by=cast.editor)

    now = latest(post)
    assert (saved.revision, now.body, now.kind, now.source_revision) == (3, HERS, Kind.UNDONE, 2)
    draft = drafting.newest(post.id, by=cast.editor)
    assert (drafting.at(draft.id, by=cast.editor).body, draft.seen) == (MINE, 3)


def test_undoing_it_again_makes_mine_a_draft_again_though_the_first_was_discarded(post, cast):
    save(post, MINE, by=cast.editor)
    merging.undo(Post.get(post.id), 2, seen=2, by=cast.editor)
    first = drafting.newest(post.id, by=cast.editor)
    drafts.discard(first.id, by=cast.editor)
    save(post, BOTH, by=cast.author, seen=3)

    merging.undo(Post.get(post.id), 2, seen=4, by=cast.editor)

    again = drafting.newest(post.id, by=cast.editor)
    assert again.id != first.id
    assert drafting.at(again.id, by=cast.editor).body == MINE


def test_a_merge_is_undone_by_whoever_made_it(post, cast):
    save(post, MINE, by=cast.editor)

    with pytest.raises(Missing):
        merging.undo(Post.get(post.id), 2, seen=2, by=cast.author)


def test_what_is_no_merge_is_not_undone_so(post, cast):
    with pytest.raises(Missing):
        merging.undo(Post.get(post.id), 1, seen=1, by=cast.author)


def test_a_merge_that_others_built_on_is_not_undone(post, cast):
    save(post, MINE, by=cast.editor)
    save(post, f"{BOTH}four\n", by=cast.author, seen=2)

    with pytest.raises(Conflict):
        merging.undo(Post.get(post.id), 2, seen=2, by=cast.editor)

    assert drafting.newest(post.id, by=cast.editor) is None


# ── Erasure ─────────────────────────────────────────────────────────────────────────────────────


def test_erasing_a_merged_revision_erases_its_side(post, cast):
    save(post, MINE, by=cast.editor)
    save(post, f"{BOTH}four\n", by=cast.author, seen=2)

    erase.revisions(post, [2], reason="asked to", by=cast.admin)

    with pytest.raises(Missing):
        reading.side(post.id, 2)
    texts = db.session.scalars(sa.select(StoredText.id)).all()
    assert len(texts) == 3
    assert verify.everything().ok


def test_erasing_another_revision_leaves_it(post, cast):
    save(post, MINE, by=cast.editor)

    erase.revisions(post, [0, 1], reason="asked to", by=cast.admin)

    assert reading.side(post.id, 2).body == MINE


def test_erasing_the_post_erases_all_sides(post, cast):
    save(post, MINE, by=cast.editor)
    trash.delete(post, by=cast.admin)

    erase.post_for_good(post, reason="asked to", by=cast.admin)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Side)) == 0
