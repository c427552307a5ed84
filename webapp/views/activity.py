"""What happened on the desk, for those who write there; and the feed of what was published, for everybody."""

import hashlib
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request, url_for

from webapp.errors import Missing
from webapp.history import activity, contribution
from webapp.history import feed as feeds
from webapp.history import people as everybody
from webapp.history.feed import Story
from webapp.pure import atom
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages, zone

blueprint = Blueprint("activity", __name__)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The age of a feed in which nothing ever was."""


@blueprint.get("/activity")
@access.needs(Ability.EDIT)
def index() -> Response:
    """List what happened, newest first, of one `?person=` and one `?kind=` if asked, older than `?before=`."""
    user = access.require_me()
    person, kind = (request.args.get(name, "") for name in ("person", "kind"))
    if kind not in activity.KINDS:
        raise Missing
    return pages.answer(
        "activity/index.html",
        activity=activity.page(
            by=user,
            person=everybody.find(person) if person else None,
            kind=kind,
            before=arguments.cursor(),
            zone=zone.of_viewer(),
        ),
        people=contribution.people(by=user),
        kinds=activity.KINDS,
        person=person,
        kind=kind,
    )


@blueprint.get("/feed.atom")
@access.public
def feed() -> Response:
    """Send what is published now as an Atom feed; a program that has it already gets 304."""
    newest = feeds.newest()
    response = current_app.response_class(mimetype=atom.MEDIA_TYPE)
    facts = [(story.post_id, story.revision, story.at, story.author, story.changed) for story in newest.stories]
    response.set_etag(hashlib.blake2b(repr((request.url_root, facts)).encode(), digest_size=16).hexdigest(), weak=True)
    response.last_modified = newest.changed_at
    if response.make_conditional(request).status_code == 304:
        return response
    response.set_data(
        atom.feed(
            [_item(story) for story in newest.stories],
            id=newest.uuid.urn,
            title=f"Stet · {request.host}",
            address=url_for("activity.feed", _external=True),
            home=url_for("posts.index", _external=True),
            updated=newest.changed_at or EPOCH,
        )
    )
    return response


def _item(story: Story) -> atom.Item:
    return atom.Item(
        id=story.uuid.urn,
        title=story.title,
        link=url_for("posts.read", post_id=story.post_id, _external=True),
        author=story.author,
        published=story.first_at,
        updated=story.at,
        summary=story.summary,
        tags=story.tags,
    )
