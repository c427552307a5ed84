"""The list of posts, and that it tells nobody of what they may not see."""

import pytest

from webapp.database import transaction
from webapp.history import desk
from webapp.history.people import person
from webapp.operations import erase, publication, trash

SHOWN = "shown"
HIDDEN = "hidden"


@pytest.fixture
def desk_of_three(write, cast):
    """A draft of the author's; a published post of theirs with newer, unpublished words; one of the other author's."""
    draft = write(f"{HIDDEN} draft words", title=f"{HIDDEN} draft", tags=f"{HIDDEN}draft, both")
    live = write(f"{SHOWN} words", title=f"{SHOWN} title", tags=f"{SHOWN}tag, both")
    publication.publish(live, revision=0, by=cast.author)
    write(f"{HIDDEN} newer words", title=f"{HIDDEN} newer", tags=f"{HIDDEN}newer", post=live)
    theirs = write("their words", title="Theirs", tags="theirs", by=cast.other)
    return {"draft": draft.id, "live": live.id, "theirs": theirs.id}


def found(by, **asked) -> list[int]:
    return [card.id for card in desk.posts(by=by, **asked).cards]


# ── Who sees what ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (None, ["live"]),
        ("reader", ["live"]),
        ("author", ["live", "draft"]),
        ("other", ["theirs", "live"]),
        ("editor", ["theirs", "live", "draft"]),
        ("admin", ["theirs", "live", "draft"]),
    ],
)
def test_who_sees_which_posts(desk_of_three, cast, who, seen):
    by = who and getattr(cast, who)

    assert found(by) == [desk_of_three[name] for name in seen]
    assert desk.posts(by=by).total == len(seen)


def test_somebody_shut_out_sees_what_a_stranger_sees(desk_of_three, cast):
    with transaction():
        cast.admin.active = False

    assert found(cast.admin) == found(None)


def test_a_reader_gets_the_published_card_and_nothing_of_a_newer_one(desk_of_three, cast):
    for by in (None, cast.reader, cast.other):
        card = next(card for card in desk.posts(by=by).cards if card.id == desk_of_three["live"])

        assert (card.title, card.tags) == (f"{SHOWN} title", (f"{SHOWN}tag", "both"))
        assert (card.revision, card.live_revision, card.may_edit) == (0, 0, False)
        assert card.author == card.editor == person(cast.author)
        assert HIDDEN not in repr(card)


def test_who_may_edit_gets_the_latest_card(desk_of_three, cast):
    for by in (cast.author, cast.editor):
        card = next(card for card in desk.posts(by=by).cards if card.id == desk_of_three["live"])

        assert (card.title, card.tags) == (f"{HIDDEN} newer", (f"{HIDDEN}newer",))
        assert (card.revision, card.live_revision, card.may_edit) == (1, 0, True)


@pytest.mark.parametrize("q", [HIDDEN, "newer", "draft", "draft words", "their"])
def test_readers_find_nothing_by_words_that_are_not_published(desk_of_three, cast, q):
    assert found(None, q=q) == found(cast.reader, q=q) == []


def test_those_who_may_edit_find_the_newest_words_and_not_the_ones_before(desk_of_three, cast):
    assert found(cast.author, q="newer") == [desk_of_three["live"]]
    assert found(cast.author, q=SHOWN) == []
    assert found(cast.reader, q=SHOWN) == [desk_of_three["live"]]


def test_tags_and_authors_are_those_of_what_one_may_see(desk_of_three, cast):
    assert desk.tags(by=None) == desk.tags(by=cast.reader) == ["both", f"{SHOWN}tag"]
    assert desk.tags(by=cast.author) == ["both", f"{HIDDEN}draft", f"{HIDDEN}newer"]
    assert desk.authors(by=None) == [person(cast.author)]
    assert desk.authors(by=cast.editor) == [person(cast.author), person(cast.other)]


@pytest.mark.parametrize("tag", [f"{HIDDEN}draft", f"{HIDDEN}newer", "theirs"])
def test_readers_find_nothing_by_a_tag_that_is_not_published(desk_of_three, cast, tag):
    assert found(cast.reader, tag=tag) == []


def test_editable_leaves_out_what_one_may_only_read(desk_of_three, cast):
    assert found(cast.author, editable=True) == [desk_of_three["live"], desk_of_three["draft"]]
    assert found(cast.other, editable=True) == [desk_of_three["theirs"]]
    assert found(None, editable=True) == []


# ── Search ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("word", ["100%", "%", "a_b", "_", "back\\slash", "\\", '"quoted"', "it's", "/", "(", "漢字"])
def test_a_search_means_what_was_typed(write, cast, word):
    write("plain words", title="Plain")
    post = write(f"here is {word} in the text")

    assert found(cast.author, q=word) == [post.id]


def test_a_search_looks_in_titles_and_texts_for_each_word_in_any_case(write, cast):
    post = write("the quick brown fox", title="Of Animals")
    write("the quick rabbit")

    assert found(cast.author, q="QUICK animals") == [post.id]
    assert found(cast.author, q="  fox   quick ") == [post.id]
    assert found(cast.author, q="quick absent") == []


@pytest.mark.parametrize("q", ["word " * 5000, "x" * 100_000, "\0", "%" * 3000, "a\0b"])
def test_no_search_is_too_much(write, cast, q):
    write("another text")

    assert found(cast.author, q=q) in ([], [1])
    assert found(cast.author, tag=q) == ([1] if q == "\0" else [])  # nothing is left of it, so nothing is asked


# ── Tags and authors ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tag", "hits"),
    [("a", ["one"]), ("A", ["one"]), ("b c", ["one"]), ("b", []), ("100%", ["two"]), ("%", []), ("_", []), ("1", [])],
)
def test_a_tag_is_found_whole(write, cast, tag, hits):
    posts = {"one": write("1", tags="a, b c").id, "two": write("2", tags="100%, x_y").id}

    assert found(cast.author, tag=tag) == [posts[name] for name in hits]


def test_a_tag_is_listed_once_in_whatever_case(write, cast):
    write("1", tags="Beta, alpha")
    write("2", tags="ALPHA, gamma")

    assert [tag.casefold() for tag in desk.tags(by=cast.author)] == ["alpha", "beta", "gamma"]


def test_the_most_frequent_tags_come_first_in_the_spelling_that_was_used_last(write, cast):
    for tags in ("sea, travel", "Sea", "sand"):
        write("words", tags=tags)

    assert desk.common_tags(by=cast.author) == ["Sea", "sand", "travel"]


def test_common_tags_are_those_of_what_one_may_see(desk_of_three, cast):
    assert sorted(desk.common_tags(by=cast.reader)) == sorted(desk.tags(by=cast.reader))
    assert sorted(desk.common_tags(by=cast.author)) == sorted(desk.tags(by=cast.author))


def test_posts_are_found_by_their_author(desk_of_three, cast):
    assert found(cast.editor, author=cast.other.public_id) == [desk_of_three["theirs"]]
    assert found(cast.editor, author="nobody") == []
    assert found(cast.editor, author="\0") == []


def test_conditions_are_all_meant(desk_of_three, cast):
    assert found(cast.editor, author=cast.author.public_id, tag="both", q="draft") == [desk_of_three["draft"]]
    assert found(cast.editor, author=cast.other.public_id, tag="both") == []


# ── Order and pages ─────────────────────────────────────────────────────────────────────────────


def test_the_newest_change_comes_first(write, cast):
    first, second = write("one"), write("two")
    write("one again", post=first)

    assert found(cast.author) == [first.id, second.id]


def test_pages_hold_all_posts_once(write, cast):
    ids = [write(f"text {number}").id for number in range(7)]

    pages = [desk.posts(by=cast.author, number=number, size=3) for number in (1, 2, 3)]

    assert [card.id for page in pages for card in page.cards] == ids[::-1]
    assert [(page.number, page.pages, page.total) for page in pages] == [(1, 3, 7), (2, 3, 7), (3, 3, 7)]


@pytest.mark.parametrize("number", [2, 10**9])
def test_a_page_beyond_the_end_is_empty(write, cast, number):
    write("one")

    assert desk.posts(by=cast.author, number=number) == desk.Page(cards=(), number=number, pages=1, total=1)


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_page_before_the_first(write, cast, number):
    write("one")

    assert desk.posts(by=cast.author, number=number).number == 1


def test_an_empty_desk_has_one_empty_page(app):
    assert desk.posts(by=None) == desk.Page(cards=(), number=1, pages=1, total=0)
    assert (desk.tags(by=None), desk.authors(by=None)) == ([], [])


def test_one_post_and_thirty_take_the_same_statements(write, cast, statements):
    sent = []
    for times in (1, 29):
        for number in range(times):
            write(f"text {number}", tags=f"tag{number}")
        assert cast.editor.role == "editor"
        with statements() as said:
            page = desk.posts(by=cast.editor)
            desk.tags(by=cast.editor)
            desk.authors(by=cast.editor)
        sent.append(said)

    assert page.total == len(page.cards) == 30
    assert sent[0] == sent[1]
    assert len(sent[0]) == 4


# ── The trash ───────────────────────────────────────────────────────────────────────────────────


def test_the_trash_holds_what_one_may_take_back_last_deleted_first(write, cast):
    mine, theirs, kept = write("mine", tags="a"), write("theirs", by=cast.other), write("kept")
    trash.delete(mine, by=cast.editor)
    trash.delete(theirs, by=cast.other)

    assert [card.id for card in desk.trash(by=cast.editor)] == [theirs.id, mine.id]
    assert desk.trash(by=cast.reader) == ()
    (card,) = desk.trash(by=cast.author)
    assert card == desk.TrashCard(
        id=mine.id,
        title="A post",
        tags=("a",),
        author=person(cast.author),
        deleted_at=card.deleted_at,
        deleted_by=person(cast.editor),
        revision=0,
        may_erase=False,
    )
    assert [card.may_erase for card in desk.trash(by=cast.admin)] == [True, True]
    assert kept.id not in [card.id for card in desk.trash(by=cast.admin)]


def test_what_was_deleted_for_good_is_not_in_the_trash(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="asked for", by=cast.admin)

    assert desk.trash(by=cast.admin) == ()
    assert found(cast.admin) == []
