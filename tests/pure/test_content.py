"""What may be stored as a post, normalised before anything is compared or hashed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.errors import Invalid, TooLarge
from webapp.pure import content

GIVEN = {"title": "T", "body": "b", "tags": "", "note": ""}
LIMIT = 1000
STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def normalise(**changed: str) -> content.Content:
    return content.normalise(**(GIVEN | changed), max_body_bytes=LIMIT)


def wrong(**changed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        normalise(**changed)
    return refused.value.fields


# ── Put right ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\n\rb", "a\n\nb"),
        ("\r\r\n\n", "\n\n\n"),
        (" a \t\n", " a \t\n"),
        ("a\u2028b\x0bc\x85d", "a\u2028b\x0bc\x85d"),
        ("", ""),
    ],
)
def test_a_body_has_lf_line_ends_and_is_else_as_typed(typed, stored):
    assert normalise(body=typed).body == stored


@pytest.mark.parametrize("text", ["e\u0301", "é", "Å", "\u212b", "ﬁ", "a\u200db", "\ufeffa", "👨‍👩‍👧‍👦"])
def test_unicode_is_not_normalised(text):
    made = normalise(title=text, body=text, tags=text, note=text)

    assert (made.title, made.body, made.tags, made.note) == (text,) * 4


@pytest.mark.parametrize("field", ["title", "note"])
def test_titles_and_notes_are_one_line_without_stray_space(field):
    assert getattr(normalise(**{field: "  two\r\n \t words\u00a0 "}), field) == "two words"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        (" , ,, ", ""),
        ("b,a", "b, a"),
        ("a, A, á, Á", "a, á"),
        ("straße, STRASSE", "straße"),
        ("one  two ,three", "one two, three"),
        ("100%, a_b, c#", "100%, a_b, c#"),
    ],
)
def test_tags_keep_their_first_spelling_and_order(typed, stored):
    assert normalise(tags=typed).tags == stored
    assert content.split_tags(typed) == (tuple(stored.split(", ")) if stored else ())


@given(title=STORABLE, body=STORABLE, tags=STORABLE, note=STORABLE)
def test_what_was_put_right_stays_as_it_is(title, body, tags, note):
    try:
        made = content.normalise(title=title, body=body, tags=tags, note=note, max_body_bytes=10**6)
    except Invalid:
        return
    again = content.normalise(title=made.title, body=made.body, tags=made.tags, note=made.note, max_body_bytes=10**6)

    assert again == made
    assert "\r" not in made.body


def test_the_bytes_of_a_body_are_its_utf8():
    assert normalise(body="é漢").body_bytes == "é漢".encode()


# ── Refused ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("field", ["title", "body", "tags", "note"])
def test_nul_and_half_characters_are_refused_by_the_name_of_their_field(field):
    assert wrong(**{field: "a\0b"}) == {field: f"The {field} holds a NUL character, which cannot be stored."}
    assert wrong(**{field: "a\udc80b"}) == {
        field: f"The {field} holds half a character (U+DC80), which cannot be stored."
    }


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_a_post_needs_a_title(title):
    assert wrong(title=title) == {"title": "A post needs a title."}


@pytest.mark.parametrize("letter", ["a", "漢", "𝒳"])
@pytest.mark.parametrize(("field", "most"), [("title", 300), ("note", 500)])
def test_titles_and_notes_are_limited_in_characters(field, most, letter):
    assert getattr(normalise(**{field: letter * most}), field) == letter * most
    assert list(wrong(**{field: letter * (most + 1)})) == [field]


def test_tags_are_limited_in_number_and_length():
    fifty = ", ".join(f"tag {number}" for number in range(50))

    assert normalise(tags=fifty).tags == fifty
    assert wrong(tags=f"{fifty}, one more") == {"tags": "A post has at most 50 tags, this one 51."}
    assert normalise(tags="x" * 60).tags == "x" * 60
    assert wrong(tags=f"ok, {'x' * 61}") == {"tags": f"A tag has at most 60 characters; “{'x' * 20}…” has 61."}


def test_every_field_that_is_wrong_is_named():
    assert list(wrong(title="", body="\0", tags="x" * 61, note="n" * 501)) == ["body", "title", "note", "tags"]


@pytest.mark.parametrize("letter", ["a", "é", "漢", "👨‍👩‍👧‍👦"])
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_body_is_limited_in_bytes(letter, over):
    times, rest = divmod(LIMIT + over, len(letter.encode()))
    body = letter * times + "." * rest

    if over > 0:
        with pytest.raises(TooLarge) as refused:
            normalise(body=body)
        assert list(refused.value.fields) == ["body"]
    else:
        assert normalise(body=body).body == body


def test_line_ends_are_put_right_before_a_body_is_measured():
    assert normalise(body="\r\n" * LIMIT).body == "\n" * LIMIT


def test_the_refusal_of_a_large_body_says_how_large_it_is():
    with pytest.raises(TooLarge, match=r"A text has at most 2 MiB, this one 3 MiB\."):
        content.normalise(**(GIVEN | {"body": "x" * 3 * 2**20}), max_body_bytes=2 * 2**20)
