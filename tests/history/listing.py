"""How the tests of the timeline ask, and what they look at."""

from webapp.history import head, timeline
from webapp.models import OPERATOR, Post


def head_of(post: Post) -> head.Head:
    return head.of(post.id, by=OPERATOR)


def numbers(shown: timeline.Timeline) -> list[int]:
    return [entry.number for entry in shown.entries]
