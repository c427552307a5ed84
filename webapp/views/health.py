"""For load balancers: whether this process reaches the database."""

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from webapp.history import health
from webapp.views import access

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access.public
def healthz() -> tuple[Response, int]:
    """Answer 200 when the database does, else 503."""
    try:
        health.ask()
    except (sa.exc.DBAPIError, OSError):
        return jsonify(status="no database"), 503
    return jsonify(status="ok"), 200
