"""How the tests of `operations/imports.py` import, and what there is afterwards."""

import sqlalchemy as sa

from tests.repositories import MadeRepository
from webapp.database import db, transaction_class, version_class
from webapp.git import Repository
from webapp.models import OPERATOR, Event, ImportSource, Post, User
from webapp.operations import import_plan, imports
from webapp.operations.import_plan import Plan
from webapp.operations.imports import Imported


def planned(
    made: MadeRepository, *paths: str, ref: str = "HEAD", over: bool = False, skip_bad: bool = False
) -> tuple[Plan, ...]:
    return import_plan.of(Repository(made.folder, ref=ref), paths or ("a.md",), over=over, skip_bad=skip_bad)


def run(
    made: MadeRepository, path: str = "a.md", *, ref: str = "HEAD", over: bool = False, skip_bad: bool = False
) -> Imported:
    (plan,) = planned(made, path, ref=ref, over=over, skip_bad=skip_bad)
    return imports.carry_out(plan, by=OPERATOR)


def texts(post_id: int) -> list[str]:
    return [version.body for version in Post.get(post_id).versions]


def notes(post_id: int) -> list[str]:
    return [version.note for version in Post.get(post_id).versions]


def rows() -> list[int]:
    tables = (Post, version_class(Post), transaction_class(), User, ImportSource, Event)
    return [db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables]
