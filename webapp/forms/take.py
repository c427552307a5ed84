"""Which changes somebody wants back: the ticks of a page, or the one whose button was pressed."""

from flask import request

from webapp.errors import Invalid
from webapp.pure.take import Tick

MOST = 1000


def ticks() -> list[Tick]:
    """Return what was chosen; the button of one change stands for that change alone. Raises Invalid."""
    sent = request.form.getlist("only") or request.form.getlist("take")
    if not sent:
        raise Invalid({"take": "Tick the changes that you want back first."})
    if len(sent) > MOST:
        raise Invalid({"take": f"Take back at most {MOST:,} changes at once."})
    try:
        return [Tick.parse(text) for text in sent]
    except ValueError as error:
        raise Invalid({"take": "These are not changes of a page of ours."}) from error
