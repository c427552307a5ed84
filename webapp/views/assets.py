"""Style sheets, scripts and pictures: their addresses carry a hash of the content, so they may be cached for ever."""

import hashlib
import json
import mimetypes
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from webapp.views import access, compression

blueprint = Blueprint("assets", __name__)

_PACKAGE = Path(__file__).parent.parent
ADDRESS = "/static/"
SHEET, SCRIPT = "stet.css", "stet.js"
"""All style sheets in one and all scripts in one, joined here: packed together they are a third shorter."""
_HASH_CHARACTERS = 12
_INDENT = re.compile(rb"^[ \t\n]+", re.MULTILINE)
_AROUND_BRACES = re.compile(rb"\s*([{};])\s*")
_AFTER_COLONS = re.compile(rb"([:,])\s+")
# A whole line, or the end of one: none of our texts holds two strokes after a space, which a test holds.
_REMARKS = re.compile(rb"^\s*//.*\n|[ \t]+// .*$", re.MULTILINE)
_NEEDLESS_BREAKS = re.compile(rb"(?<=[;,{(])\n")
YEAR_SECONDS = 365 * 24 * 3600
# Not left to the machine's own list, which may lack them.
_TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


def folder(name: str) -> Path:
    """Return the folder "templates" or "static": inside the installed package, else beside it in a checkout."""
    packed = _PACKAGE / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def init_app(app: Flask) -> None:
    """Give templates the means to name a file."""
    vendored = json.loads((folder("static") / "vendor" / "index.json").read_text())
    app.jinja_env.globals.update(
        asset=asset,
        icon=_icon,
        stylesheet=SHEET,
        script=SCRIPT,
        vendor=lambda name: {**vendored[name], "src": asset(vendored[name]["src"])},
    )


def asset(name: str) -> str:
    """Return the address of static file `name`."""
    return _address(request.script_root, name)


@cache
def _address(root: str, name: str) -> str:
    # Not url_for: a page names some two hundred icons.
    return f"{root}{ADDRESS}{name}?v={_hash(name)}"


@blueprint.get(f"{ADDRESS}<path:name>")
@access.public
def file(name: str) -> Response:
    """Send a static file; with the hash of its content in the address, cacheable for a year."""
    coding = compression.chosen()
    data, coding = _coded(name, coding)
    response = current_app.response_class(data, mimetype=_type(name))
    response.set_etag(_hash(name))
    if coding is not None:
        compression.mark(response, coding)
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR_SECONDS}, immutable" if request.args.get("v") == _hash(name) else "no-cache, max-age=0"
    )
    response.make_conditional(request)
    return response


@cache
def _coded(name: str, coding: str | None) -> tuple[bytes, str | None]:
    """Return the content as it is sent, and its coding: None where packing would not make it shorter."""
    plain = content(name)
    if coding is None or _type(name) not in compression.PACKABLE:
        return plain, None
    packed = compression.tightly(plain, coding)
    return (packed, coding) if len(packed) < len(plain) else (plain, None)


@cache
def content(name: str) -> bytes:
    """Return what a file holds. Raises NotFound."""
    if name == SHEET:
        return _without_comments(b"".join(map(content, _listed("stylesheets"))))
    if name == SCRIPT:
        return b"".join(map(_apart, _listed("scripts")))
    path = safe_join(str(folder("static")), name)
    if path is None:
        raise NotFound
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:  # a folder, a name that nothing has, or that nothing can have
        raise NotFound from error


def _without_comments(sheets: bytes) -> bytes:
    rules = re.sub(rb"/\*.*?\*/", b"", sheets, flags=re.DOTALL)
    return _AFTER_COLONS.sub(rb"\1", _AROUND_BRACES.sub(rb"\1", _INDENT.sub(b"", rules)))


def _apart(name: str) -> bytes:
    """Return a script in a block of its own: its names are its own, and when it fails the others go on."""
    # A line of comment is a line of comment: no text of ours goes over several lines, which a test holds.
    script = _NEEDLESS_BREAKS.sub(b"", _INDENT.sub(b"", _REMARKS.sub(b"", content(name))))
    return b"try { //\n%s} catch (error) { reportError(error); }\n" % script


def _type(name: str) -> str:
    suffix = Path(name).suffix
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/plain"


def _listed(kind: str) -> Sequence[str]:
    """Return the names of the "stylesheets" or "scripts", in order."""
    names: list[str] = json.loads((folder("static") / "assets.json").read_text())[kind]
    return names


@cache
def _hash(name: str) -> str:
    return hashlib.sha256(content(name)).hexdigest()[:_HASH_CHARACTERS]


def _icon(name: str) -> Markup:
    return _drawing(request.script_root, name)


@cache
def _drawing(root: str, name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true" width="16" height="16"><use href="{}#{}"/></svg>').format(
        _address(root, "icons.svg"), name
    )
