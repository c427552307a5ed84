"""A browser of the tests: it sends the CSRF token with every form, and can ask as htmx does."""

import re
from typing import Any, ClassVar

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse


class Browser(FlaskClient):
    """A test client that sends the CSRF token with every form, as the pages do, and can ask as htmx does."""

    TOKEN = "the token of this test"
    HTMX: ClassVar[dict[str, str]] = {"HX-Request": "true", "HX-Request-Type": "partial"}

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Read every answer to its end, so that files are closed."""
        return super().open(*args, buffered=True, **kwargs)

    def get_fragment(self, address: str, **kwargs: Any) -> TestResponse:
        """GET as htmx does."""
        return self.get(address, headers=self.HTMX | kwargs.pop("headers", {}), **kwargs)

    def page(self, address: str) -> str:
        """GET the text of a page, without its tokens."""
        return without_tokens(self.get(address).text)

    def send(self, address: str, *, htmx: bool = False, **fields: Any) -> TestResponse:
        """POST a form, its token included."""
        with self.session_transaction() as session:
            session["csrf_token"] = self.TOKEN
        signed = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(self.TOKEN)
        return self.post(address, data={"csrf_token": signed} | fields, headers=self.HTMX if htmx else {})


def without_tokens(page: str) -> str:
    """Return the page without its tokens against forged requests: they are signed with the second."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)
