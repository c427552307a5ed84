"""What is sent must be UTF-8: bytes that are not would be replaced on the way in, and another text be saved."""

import io
from typing import IO, Any, cast
from urllib.parse import parse_qsl, unquote_to_bytes

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser

from webapp.errors import Invalid

NOT_UTF8 = "What was sent is not UTF-8, so nothing was saved: the marks � stand where it could not be read."


def init_app(app: Flask) -> None:
    """Look at every request before its view does."""
    app.request_class = StrictRequest
    app.before_request(_ask)


class StrictParser(FormDataParser):
    """Reads a form as the library does, and notes whether all of it was UTF-8; its fields are read in either case."""

    damaged = False

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        """Return the stream, the fields and no files; the stream ends where a request may."""
        sent = stream.read()
        try:
            text = sent.decode()
        except UnicodeDecodeError:
            self.damaged = True
            text = sent.decode(errors="replace")
        if mimetype != "application/x-www-form-urlencoded":
            return super().parse(io.BytesIO(sent), mimetype, content_length, options)
        try:
            fields = parse_qsl(text, keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            self.damaged = True
            fields = parse_qsl(text, keep_blank_values=True, errors="replace")
        return stream, self.cls(fields), self.cls()


class StrictRequest(Request):
    """A request that knows whether its form was UTF-8."""

    form_data_parser_class = StrictParser
    _parser: StrictParser | None = None

    def make_form_data_parser(self) -> FormDataParser:
        """Return the parser, and remember it."""
        self._parser = super().make_form_data_parser()  # type: ignore[assignment]
        return self._parser  # type: ignore[return-value]

    def is_damaged(self) -> bool:
        """Return whether some of the form could not be read; reads it."""
        self._load_form_data()
        return self._parser is not None and self._parser.damaged


def _ask() -> None:
    """Raise Invalid for a form that is not UTF-8, BadRequest for such an address."""
    query = request.query_string
    if b"%" in query or not query.isascii():
        try:
            unquote_to_bytes(query).decode()
        except UnicodeDecodeError:
            raise BadRequest("This address is not UTF-8, so nobody can tell what it asks for.") from None
    if request.method == "POST" and cast(StrictRequest, request).is_damaged():
        raise Invalid({"form": NOT_UTF8})
