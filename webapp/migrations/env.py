"""Runs the migrations on the application's own engine."""

from alembic import context
from flask import current_app

from webapp import models  # noqa: F401  the metadata is complete only when the models are imported
from webapp.database import db


def run() -> None:
    """Migrate in one transaction: all of it or nothing, on SQLite too."""
    with db.engine.execution_options(sqlite_begin="IMMEDIATE").connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=False,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
