"""One browser of one person: keeps its cookies through every crash, and its connection until one."""

import http.client
import re
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
Lost = (OSError, http.client.HTTPException)
"""What a request ends with when nobody is there, or not any more: it may or may not have been done."""


class Visitor:
    """Asks as htmx does."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: http.client.HTTPConnection | None = None
        self._cookies: SimpleCookie = SimpleCookie()
        self._token = ""

    def __del__(self) -> None:
        """Leave no socket open: a thread that ends is all that says that its visitor has gone."""
        if self._connection is not None:
            self._connection.close()

    def sign_in(self, email: str, password: str) -> None:
        """Sign in, and fetch the token that the session's forms carry."""
        self._token = self._token_of(self.send("GET", "/login", page=True))
        status, _ = self.send("POST", "/login", {"email": email, "password": password}, page=True)
        if status != 303:
            raise RuntimeError(f"Signing in was answered with {status}.")
        self._token = self._token_of(self.send("GET", "/account", page=True))

    def another_tab(self) -> "Visitor":
        """Return a browser of the same session with a connection of its own."""
        tab = Visitor(self._port)
        tab._cookies, tab._token = self._cookies, self._token
        return tab

    def send(
        self, method: str, path: str, form: Mapping[str, str] | None = None, *, page: bool = False
    ) -> tuple[int, bytes]:
        """Return status and content of the answer. Raises one of `Lost`; then the next request connects anew."""
        headers = {} if page else {"HX-Request": "true", "HX-Request-Type": "partial"}
        headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        body = None
        if form is not None:
            body = urlencode({"csrf_token": self._token, **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            self._connection.request(method, path, body=body, headers=headers)
            response = self._connection.getresponse()
            content = response.read()
        except Lost:
            self._connection.close()
            self._connection = None
            raise
        for cookie in response.headers.get_all("Set-Cookie", ()):
            self._cookies.load(cookie)
        return response.status, content

    @staticmethod
    def _token_of(answer: tuple[int, bytes]) -> str:
        found = TOKEN.search(answer[1])
        if found is None:
            raise RuntimeError(f"There is no form in an answer of {answer[0]}.")
        return found[1].decode()
