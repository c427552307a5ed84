"""Who may do what: one table, asked by every operation."""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto


class Role(StrEnum):
    """What a person is at the desk; the values are stored."""

    READER = "reader"
    AUTHOR = "author"
    EDITOR = "editor"
    ADMIN = "admin"


class Ability(Enum):
    """Something a role may allow. Reading what is published needs none of these."""

    CREATE = auto()
    """Begin a post."""
    EDIT = auto()
    """Save and restore; see unpublished text, its timeline, old revisions and comparisons."""
    PUBLISH = auto()
    """Choose the revision that readers see, or none."""
    TRASH = auto()
    """Put a post in the trash and take it out again."""
    SEE_TRASH = auto()
    EXPORT = auto()
    """Take posts away with their whole history."""
    ERASE = auto()
    """Destroy text for good."""
    MANAGE_PEOPLE = auto()
    """Add people, change their role, shut them out."""


class Scope(Enum):
    """The posts that an ability reaches."""

    NONE = auto()
    OWN = auto()
    ALL = auto()


_WRITING = (
    Ability.EDIT,
    Ability.PUBLISH,
    Ability.TRASH,
    Ability.SEE_TRASH,
    Ability.EXPORT,
)

# What is not named is refused.
_TABLE: Mapping[Role, Mapping[Ability, Scope]] = {
    Role.READER: {},
    Role.AUTHOR: {Ability.CREATE: Scope.ALL} | dict.fromkeys(_WRITING, Scope.OWN),
    Role.EDITOR: {Ability.CREATE: Scope.ALL} | dict.fromkeys(_WRITING, Scope.ALL),
    Role.ADMIN: dict.fromkeys(Ability, Scope.ALL),
}


def may(role: Role | None, ability: Ability, *, own: bool = False) -> bool:
    """Return whether `role` (None: signed out) has `ability` over a post, `own` if it is the person's own."""
    reach = scope(role, ability)
    return reach is Scope.ALL or (own and reach is Scope.OWN)


def scope(role: Role | None, ability: Ability) -> Scope:
    """Return how far `ability` reaches for `role`, for lists that hold only what a person may see."""
    return Scope.NONE if role is None else _TABLE[role].get(ability, Scope.NONE)
