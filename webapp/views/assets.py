"""Style sheets, scripts and pictures: their addresses carry a hash of the content, so they may be cached for ever."""

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, request, send_from_directory
from markupsafe import Markup

from webapp.views import access

blueprint = Blueprint("assets", __name__)

_PACKAGE = Path(__file__).parent.parent
ADDRESS = "/static/"
_HASH_CHARACTERS = 12
YEAR_SECONDS = 365 * 24 * 3600


def folder(name: str) -> Path:
    """Return the folder "templates" or "static": inside the installed package, else beside it in a checkout."""
    packed = _PACKAGE / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def init_app(app: Flask) -> None:
    """Give templates the means to name a file."""
    listing = json.loads((folder("static") / "assets.json").read_text())
    vendored = json.loads((folder("static") / "vendor" / "index.json").read_text())
    app.jinja_env.globals.update(
        asset=asset,
        icon=_icon,
        stylesheets=listing["stylesheets"],
        scripts=listing["scripts"],
        vendor=lambda name: {**vendored[name], "src": asset(vendored[name]["src"])},
    )


def asset(name: str) -> str:
    """Return the address of static file `name`."""
    return _address(request.script_root, name)


@cache
def _address(root: str, name: str) -> str:
    # Not url_for: a page names some two hundred icons.
    return f"{root}{ADDRESS}{name}?v={_content_hash(folder('static') / name)}"


@blueprint.get(f"{ADDRESS}<path:name>")
@access.public
def file(name: str) -> Response:
    """Send a static file; with the hash of its content in the address, cacheable for a year."""
    response = send_from_directory(folder("static"), name, conditional=True, max_age=0)
    if request.args.get("v") == _content_hash(folder("static") / name):
        response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response


@cache
def _content_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_HASH_CHARACTERS]


def _icon(name: str) -> Markup:
    return _drawing(request.script_root, name)


@cache
def _drawing(root: str, name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true" width="16" height="16"><use href="{}#{}"/></svg>').format(
        _address(root, "icons.svg"), name
    )
