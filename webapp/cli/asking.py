"""How commands ask for passwords: never in an argument, which other users of the machine could read."""

import sys

import click

from webapp.errors import Invalid

from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


def password(*, password_stdin: bool) -> str:
    """Return the password, typed twice at a terminal or read from standard input without its last line end.

    Raises Invalid for what is not text.
    """
    if not password_stdin:
        return click.prompt("Password", hide_input=True, confirmation_prompt=True, type=str)
    try:
        text = sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        raise Invalid({"password": "The password on standard input is not UTF-8."}) from None
    return text.removesuffix("\n").removesuffix("\r")
