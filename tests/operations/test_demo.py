"""The demo desk: three people, the speech in five drafts, and only where nothing is yet."""

import pytest
import sqlalchemy as sa

from tests.repositories import MadeRepository
from webapp.database import db
from webapp.errors import Missing
from webapp.history import verify
from webapp.models import Label, Post, Published, User
from webapp.operations import demo, passwords
from webapp.operations.demo import NotEmpty
from webapp.pure import passwords as rules
from webapp.pure.roles import Role


@pytest.fixture(autouse=True)
def quick_hashes(app):
    app.config["ARGON2"] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def test_an_author_an_editor_and_an_administrator_are_hired_with_passwords_that_are_good_and_random(app):
    cast = demo.hire()

    assert [hired.role for hired in cast] == [Role.AUTHOR, Role.EDITOR, Role.ADMIN]
    for hired in cast:
        rules.check(hired.password, name=hired.name, email=hired.email)
        user = User.with_email(hired.email)
        assert (user.name, user.role, user.active) == (hired.name, hired.role, True)
        assert passwords.matches(user.password_hash, hired.password) is True
    assert len({hired.password for hired in cast}) == 3
    assert cast[0].password not in repr(cast)


def test_the_speech_is_written_draft_after_draft_and_published_at_the_last(app):
    cast = demo.hire()

    saved = demo.speech(cast)

    post = Post.get(saved.post_id)
    assert [version.note for version in post.versions] == [
        "Nicolay copy",
        "Hay copy",
        "Everett copy",
        "Bancroft copy",
        "Bliss copy",
    ]
    people = {user.id: user.role for user in db.session.scalars(sa.select(User))}
    assert [people[version.editor_id] for version in post.versions] == [*[Role.AUTHOR, Role.EDITOR] * 2, Role.AUTHOR]
    assert len({version.saved_at.date() for version in post.versions}) > 2
    assert db.session.get(Published, post.id).revision == 4
    assert Label.of(post.id, 4).name == "As carved"
    assert "under God" not in post.versions[0].body
    assert "under God" in post.versions[4].body
    assert verify.everything().ok


def test_a_desk_with_a_person_or_a_post_is_left_alone(app, cast):
    with pytest.raises(NotEmpty, match=r"^This desk is not empty: the demo is only for a new one\.$"):
        demo.hire()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 5


@pytest.mark.only("sqlite", "no matter of the database")
def test_outside_of_a_checkout_there_are_no_documents(app, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "PROJECT", tmp_path)
    with pytest.raises(Missing, match=r"^this is not a checkout of the project$"):
        demo.documents()


@pytest.mark.only("sqlite", "no matter of the database")
def test_in_a_checkout_they_are_the_readme_and_what_is_under_docs(app, tmp_path, monkeypatch):
    made = MadeRepository(tmp_path / "checkout")
    for path in ("README.md", "docs/a.md", "docs/deep/b.md", "docs/c.txt", "CHANGELOG.md"):
        made.put(path, path)
    made.commit("begin")
    made.commit("go on", README="more")
    monkeypatch.setattr(demo, "PROJECT", made.folder)

    plans = demo.documents()

    assert [(plan.path, len(plan.versions)) for plan in plans] == [
        ("README.md", 2),
        ("docs/a.md", 1),
        ("docs/deep/b.md", 1),
    ]
