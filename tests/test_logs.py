"""The log: one line of JSON an event, and never a secret."""

import json

import pytest
import structlog

from webapp import logs


@pytest.fixture
def log(capsys):
    """Return the logger, set up as for a server whose standard error is no terminal."""
    logs.set_up()
    yield structlog.get_logger()
    structlog.reset_defaults()


def lines(capsys) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_line_of_json_on_standard_error(log, capsys):
    log.info("sign-in", by=3)

    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "sign-in", "by": 3, "level": "info"}


def test_details_are_not_logged(log, capsys):
    log.debug("every little thing")

    assert lines(capsys) == []


def test_a_line_end_in_a_value_makes_no_second_line(log, capsys):
    log.warning("odd", path="/a\nb\r\n")

    assert [line["path"] for line in lines(capsys)] == ["/a\nb\r\n"]


def test_a_traceback_names_lines_and_not_the_values_in_them(log, capsys):
    def sign_in(password: str) -> None:
        raise LookupError("no such person")

    try:
        sign_in("correct horse")
    except LookupError as error:
        log.error("unexpected", exc_info=error)

    (line,) = lines(capsys)
    assert "LookupError: no such person" in line["exception"]
    assert "in sign_in" in line["exception"]
    assert "correct horse" not in json.dumps(line).replace('sign_in(\\"correct horse\\")', "")
