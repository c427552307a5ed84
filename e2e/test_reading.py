"""What visitors see: the published text and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Write = Callable[..., int]
Publish = Callable[..., None]


@pytest.fixture
def visitor(new_context: Callable[..., Any]) -> Page:
    """A page on which nobody is signed in."""
    page: Page = new_context().new_page()
    return page


def test_a_visitor_reads_what_is_published_and_not_what_came_after(
    visitor: Page, write: Write, publish: Publish
) -> None:
    post = write("We left at *dawn*.", "We left at noon, secretly.", title="The ferry")
    publish(post, 0)
    visitor.goto("/")

    visitor.get_by_role("link", name="The ferry").click()

    expect(visitor).to_have_url(f"/{post}")
    expect(visitor.get_by_role("article")).to_contain_text("We left at dawn.")
    expect(visitor.get_by_text("secretly")).to_have_count(0)
    expect(visitor.get_by_role("link", name="Edit")).to_have_count(0)


@pytest.mark.refuses(404)
def test_a_visitor_does_not_learn_of_what_is_not_published(visitor: Page, write: Write) -> None:
    post = write("Nobody reads this yet.", title="A quiet draft")

    visitor.goto("/?q=quiet")
    expect(visitor.get_by_text("A quiet draft")).to_have_count(0)
    visitor.goto(f"/{post}")

    expect(visitor.get_by_role("heading", name="Not found")).to_be_visible()
    expect(visitor.get_by_text("A quiet draft")).to_have_count(0)


def test_a_visitor_who_wants_to_edit_is_asked_to_sign_in(visitor: Page, write: Write, publish: Publish) -> None:
    post = write("We left at dawn.")
    publish(post)

    visitor.goto(f"/{post}/update")

    expect(visitor.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_long_post_has_a_table_of_contents(visitor: Page, write: Write, publish: Publish) -> None:
    post = write("".join(f"## Part {part}\n\n{'Words. ' * 300}\n\n" for part in range(6)))
    publish(post)
    visitor.goto(f"/{post}")
    contents = visitor.get_by_role("navigation", name="Contents")

    contents.get_by_role("link", name="Part 4").click()

    expect(visitor.get_by_role("heading", name="Part 4")).to_be_in_viewport()
    expect(visitor).to_have_url(f"/{post}#s-part-4")


def test_a_short_post_has_none(visitor: Page, write: Write, publish: Publish) -> None:
    post = write("## One part\n\nWords.")
    publish(post)

    visitor.goto(f"/{post}")

    expect(visitor.get_by_role("heading", name="One part")).to_be_visible()
    expect(visitor.get_by_role("navigation", name="Contents")).to_have_count(0)


def test_a_reader_finds_a_post_by_its_words(visitor: Page, write: Write, publish: Publish) -> None:
    post = write("The heron stands on one leg.", title="Herons at low tide")
    publish(post)
    visitor.goto("/")

    visitor.get_by_label("Search titles and texts").fill("heron leg")
    visitor.get_by_role("button", name="Search").click()

    expect(visitor.get_by_role("link", name="Herons at low tide")).to_be_visible()
