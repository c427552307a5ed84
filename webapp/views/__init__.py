"""HTTP in, hypermedia out: a view finds, calls an operation, answers."""

import codecs
from typing import cast

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from webapp.config import Config
from webapp.views import (
    access,
    account,
    activity,
    assets,
    compare,
    compression,
    dictionary,
    drafts,
    editor,
    encoding,
    errors,
    given,
    headers,
    health,
    keys,
    labels,
    login,
    merging,
    people,
    posts,
    presence,
    publication,
    rows,
    setup,
    sparkline,
    surroundings,
    tabs,
    take,
    timeline,
    trash,
    undo,
    undo_by,
    version,
    words,
)

SHAFTS = (
    health, assets, setup, login, account, people, posts, editor, timeline, sparkline, version, dictionary, labels,
    compare, tabs, take, undo, undo_by, drafts, merging, presence, publication, trash, activity, keys,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Open the doors: every blueprint, what stands around every page, and what is asked before every view."""
    # Werkzeug reads host names with it. Where the first requests of a process came at once, their threads met in its
    # import, and Python remembered for good that there is no such encoding: every answer was a 500.
    codecs.lookup("idna")
    config: Config = app.extensions["stet"]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.session_interface = SecureBehindTls()
    app.url_map.converters["int"] = DatabaseInteger
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    # Packing is told of first, and so done last.
    for part in (compression, headers, access, encoding, errors, words, assets, rows, given, surroundings):
        part.init_app(app)
    CSRFProtect(app)
    for shaft in SHAFTS:
        app.register_blueprint(shaft.blueprint)


class DatabaseInteger(IntegerConverter):
    """A number in an address; one that no column could hold names nothing, and no database is asked for it."""

    def __init__(self, url_map: Map, *, signed: bool = False) -> None:
        super().__init__(url_map, max=2**31 - 1, signed=signed)


class SecureBehindTls(SecureCookieSessionInterface):
    """The session's cookie is `Secure` when the request came by TLS; on one's own machine there is none."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the cookie, made once: it is asked for at every request."""
        if "session serializer" not in app.extensions:
            app.extensions["session serializer"] = super().get_signing_serializer(app)
        return cast("URLSafeTimedSerializer | None", app.extensions["session serializer"])

    def get_cookie_secure(self, app: Flask) -> bool:
        """Return whether this request is secure."""
        return request.is_secure
