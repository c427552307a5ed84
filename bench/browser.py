"""A browser as far as a measurement needs one: it keeps its connection and its cookies, and signs in like a person."""

import http.client
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie

from flask import Flask
from werkzeug.test import encode_multipart

from bench.server import HOST

_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Request:
    """A GET, or with a `form` a POST, as htmx sends it or else (`page`) a click; `etag` names what is there already."""

    path: str
    form: Mapping[str, str] | None = None
    page: bool = False
    etag: str | None = None

    @property
    def method(self) -> str:
        """GET or POST."""
        return "GET" if self.form is None else "POST"

    @property
    def headers(self) -> dict[str, str]:
        """What the browser says beside its cookies."""
        headers = {} if self.page else {"HX-Request": "true", "HX-Request-Type": "partial"}
        return headers if self.etag is None else headers | {"If-None-Match": self.etag}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. The names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Send = Callable[[Request], Answer]


def _multipart(form: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the body and the content type that a browser sends for the editor's form."""
    boundary, body = encode_multipart(form)
    return body, f"multipart/form-data; boundary={boundary}"


class Browser:
    """One connection to a server, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self._cookies: SimpleCookie = SimpleCookie()

    def send(self, request: Request) -> Answer:
        """Return the answer to `request`."""
        headers = request.headers
        body = None
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        if request.form is not None:
            body, headers["Content-Type"] = _multipart(request.form)
        self._connection.request(request.method, request.path, body=body, headers=headers)
        response = self._connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie", ()):
            self._cookies.load(cookie)
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def in_process(app: Flask) -> Send:
    """Return a browser that talks to `app` without a server."""
    client = app.test_client()

    def send(request: Request) -> Answer:
        response = client.open(request.path, method=request.method, data=request.form, headers=request.headers)
        return Answer(
            response.status_code, {name.lower(): value for name, value in response.headers}, response.get_data()
        )

    return send


def sign_in(send: Send, *, email: str, password: str) -> None:
    """Sign in at the front door. Raises RuntimeError when it stays closed."""
    form = {"csrf_token": token(send(Request("/login", page=True))), "email": email, "password": password}
    if send(Request("/login", form=form, page=True)).status != 303:
        raise RuntimeError("The benchmark could not sign in.")


def token(answer: Answer) -> str:
    """Return the CSRF token of the first form on a page."""
    found = _TOKEN.search(answer.body)
    if found is None:
        raise RuntimeError("There is no form on this page.")
    return found[1].decode()
