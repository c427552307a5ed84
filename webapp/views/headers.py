"""What every answer carries, errors and files included."""

from flask import Flask, Response, request

from webapp.views.pages import VARY

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: the CSRF check of HTTPS forms reads the origin from it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def init_app(app: Flask) -> None:
    """Set them after every request."""
    app.after_request(_set)


def _set(response: Response) -> Response:
    response.headers.extend(SECURITY)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.vary.add(VARY)
    if "Cache-Control" not in response.headers:
        # Not no-store: the browser's back-forward cache keeps what was typed.
        response.headers["Cache-Control"] = "private, no-cache"
    return response
