"""The posts that somebody's ability reaches, as a condition for lists."""

from typing import Any

import sqlalchemy as sa

from webapp.models import Post, User
from webapp.pure.roles import Ability, Role, Scope, scope


def reach(by: User | None, ability: Ability) -> Any:
    """Return the condition on `Post` that `by` (None: nobody signed in) has `ability` over it."""
    reached = Scope.NONE if by is None or not by.active else scope(Role(by.role), ability)
    return {Scope.NONE: sa.false(), Scope.ALL: sa.true()}.get(reached, Post.author_id == (by.id if by else None))
