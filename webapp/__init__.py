"""Stet, an editorial desk where every edit is kept: the application, put together. Nothing imports this file."""

from flask import Flask

from webapp import cli, logs, schema, views
from webapp.config import Config
from webapp.views import assets

OTHER_FIELDS = 64 * 1024
"""Bytes of a form beside its text."""


def create_app(config: Config | None = None) -> Flask:
    """Return the application for `config` (default: read from the environment). Touches no table."""
    config = config or Config.read()
    logs.set_up()
    app = Flask(__name__, static_folder=None, template_folder=assets.folder("templates"))
    app.extensions["stet"] = config
    app.config.from_mapping(_flask_settings(config))
    schema.init_app(app, config.database_url)
    views.init_app(app)
    cli.init_app(app)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "TRUSTED_HOSTS": list(config.trusted_hosts) or None,
        "MAX_BODY_BYTES": config.max_body_bytes,
        "DRAFT_DAYS": config.draft_days,
        # A form sends up to three bytes for one, and a text that is somewhat too long must come back to the form.
        "MAX_CONTENT_LENGTH": 8 * config.max_body_bytes + OTHER_FIELDS,
        "MAX_FORM_MEMORY_SIZE": 8 * config.max_body_bytes + OTHER_FIELDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A token is bound to its row; people on the move change addresses.
        "SESSION_PROTECTION": None,
        # The token lives as long as the session: an editor's tab stays open for days.
        "WTF_CSRF_TIME_LIMIT": None,
    }
