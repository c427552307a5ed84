"""What was sent and refused: whether a page of ours sent it, which one, and the same once more behind a button."""

from dataclasses import dataclass

from flask import request, url_for
from flask_wtf.csrf import generate_csrf


@dataclass(frozen=True, slots=True)
class Again:
    """What was sent, to be sent again by a button: its `save_id` sees to it that it is saved once."""

    address: str
    fields: tuple[tuple[str, str], ...]


def is_ours() -> bool:
    """Return whether the browser says that a page of ours has sent the form: only then it may be sent again."""
    ours = request.headers.get("Origin") == request.host_url.rstrip("/")
    return ours or request.headers.get("Sec-Fetch-Site") == "same-origin"


def came_from() -> str | None:
    """Return the path of the page that htmx stands on, or that a form was sent from, if it is ours."""
    current = request.headers.get("HX-Current-URL") or request.referrer or ""
    return current.removeprefix(request.host_url.rstrip("/")) if current.startswith(request.host_url) else None


def same(*, renewed: bool) -> Again | None:
    """Return what was sent, its text aside; `renewed` with a token of this session. None for no address of ours."""
    if request.endpoint is None:
        return None
    kept = ((name, value) for name, value in request.form.items(multi=True) if name not in ("body", "csrf_token"))
    fields = (("csrf_token", generate_csrf() if renewed else request.form.get("csrf_token", "")), *kept)
    return Again(url_for(request.endpoint, **(request.view_args or {})), fields)
