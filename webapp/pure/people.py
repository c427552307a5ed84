"""What may be stored as a person's name and email."""

import re

from webapp.errors import Invalid

NAME_CHARACTERS = 200
EMAIL_CHARACTERS = 320

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
# Control characters, halves of characters, and those that turn the direction of whatever follows a name.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(*, email: str, name: str) -> tuple[str, str]:
    """Return both as they are stored: the email in lower case, the name without stray spaces.

    Raises Invalid with the fields `email` and `name`.
    """
    email, name = email.strip().lower(), " ".join(name.split())
    wrong = {}
    if not is_email(email):
        wrong["email"] = "This is not an email address."
    if not name or _UNFIT.search(name):
        wrong["name"] = "A person needs a name that can be written."
    elif len(name) > NAME_CHARACTERS:
        wrong["name"] = f"A name has at most {NAME_CHARACTERS} characters, this one {len(name)}."
    if wrong:
        raise Invalid(wrong)
    return email, name


def is_email(text: str) -> bool:
    """Return whether mail could go there and a database can keep it; whether it arrives, nobody knows."""
    return len(text) <= EMAIL_CHARACTERS and bool(_EMAIL.fullmatch(text)) and not _UNFIT.search(text)
