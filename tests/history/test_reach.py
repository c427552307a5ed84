"""The condition that holds lists to what somebody may see; that it agrees with `User.may` is what this proves."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.history.reach import reach
from webapp.models import Post
from webapp.pure.roles import Ability


@pytest.mark.parametrize("ability", Ability)
def test_it_reaches_the_posts_that_one_may_do_it_to(write, cast, ability):
    posts = [write("ours"), write("theirs", by=cast.other)]
    with transaction():
        cast.editor.active = False

    for person in vars(cast).values():
        may = [post.id for post in posts if person.may(ability, post)]
        assert list(db.session.scalars(sa.select(Post.id).where(reach(person, ability)).order_by(Post.id))) == may
    assert list(db.session.scalars(sa.select(Post.id).where(reach(None, ability)))) == []
