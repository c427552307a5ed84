"""Tables and tiny finders, one noun a file; importing this package completes the mapping."""

from sqlalchemy.orm import configure_mappers

from webapp.models.draft import Draft
from webapp.models.draft_text import DraftText
from webapp.models.erasure import Erasure
from webapp.models.event import Event
from webapp.models.import_source import ImportSource
from webapp.models.label import Label
from webapp.models.login_attempt import LoginAttempt
from webapp.models.post import Post
from webapp.models.presence import Presence
from webapp.models.publication import Publication, Published
from webapp.models.receipt import Receipt
from webapp.models.revision_source import RevisionSource
from webapp.models.side import Side
from webapp.models.sign_in import SignIn
from webapp.models.stored_text import StoredText
from webapp.models.trashing import Trashing
from webapp.models.user import OPERATOR, Actor, Operator, User

# Continuum builds `post_version` and `transaction` here, after the last model and before anything reads the metadata.
configure_mappers()

__all__ = [
    "OPERATOR",
    "Actor",
    "Draft",
    "DraftText",
    "Erasure",
    "Event",
    "ImportSource",
    "Label",
    "LoginAttempt",
    "Operator",
    "Post",
    "Presence",
    "Publication",
    "Published",
    "Receipt",
    "RevisionSource",
    "Side",
    "SignIn",
    "StoredText",
    "Trashing",
    "User",
]
