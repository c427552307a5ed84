"""One real desk for a worker's journeys: `stet serve` in a process, a browser, a cast, and the verbs of the tests."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    StorageState,
    expect,
)

from e2e import browser as browsers
from tests import serving
from webapp import clock, create_app
from webapp.config import Config
from webapp.models import OPERATOR, Post, User
from webapp.operations import people, posts, publication
from webapp.operations import trash as trashing
from webapp.pure.roles import Role

PASSWORD = "three quiet herons"
LARGEST_BODY_BYTES = 2**17  # the browser needs long to lay out the 2 MiB that are allowed by default
TIMEOUT_MS = 10_000
FLAGS = (
    "--no-sandbox",  # root in a container has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REFUSED = re.compile(
    r"Failed to load resource: (?:the server responded with a status of |net::)(?P<status>\w+)"
    r"|htmx: htmx:error: (?P<error>Failed to fetch)"
)

NewContext = Callable[..., BrowserContext]


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests in which something is refused."""
    config.addinivalue_line("markers", "refuses(*statuses): the statuses and net errors that this journey expects")
    expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    """Which browser, and quiet: no calls home. Without a browser the journeys fail; they are never skipped."""
    found = browsers.find(playwright)
    if found is None:
        pytest.fail("There is no Chromium: say `sh .ci/browser.sh`.", pytrace=False)
    arguments = {**browser_type_launch_args, "args": [*browser_type_launch_args.get("args", ()), *FLAGS]}
    # Playwright's own it finds by itself, and then takes the build without windows.
    return arguments if found == playwright.chromium.executable_path else arguments | {"executable_path": found}


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The desk: `.address` of the server, and `.app`, an application on the same database, to put things there."""
    data = tmp_path_factory.mktemp("e2e") / "desk"
    with serving.start(data, environ={"STET_MAX_BODY_BYTES": str(LARGEST_BODY_BYTES)}) as server:
        server.wait_for(r"^Stet is ready")
        app = create_app(
            Config(data=data, database_url=f"sqlite:///{data / 'stet.sqlite3'}", secret_key="not the server's")
        )
        yield SimpleNamespace(address=server.address, app=app)


@pytest.fixture(scope="session")
def base_url(desk: SimpleNamespace) -> str:
    """Where relative addresses lead."""
    return str(desk.address)


@pytest.fixture(scope="session")
def cast(desk: SimpleNamespace) -> SimpleNamespace:
    """The e-mail addresses of `.admin`, `.editor` (Ed Itor), `.author` (Ana Ruiz) and `.reader`; all share PASSWORD."""
    names = {"admin": "Ada Admin", "editor": "Ed Itor", "author": "Ana Ruiz", "reader": "Rea Der"}
    emails = {role: f"{role}@desk.example" for role in names}
    with desk.app.app_context():
        for role, name in names.items():
            people.add(email=emails[role], name=name, role=Role(role), password=PASSWORD, by=OPERATOR)
    return SimpleNamespace(**emails)


@pytest.fixture
def write(desk: SimpleNamespace, cast: SimpleNamespace) -> Callable[..., int]:
    """`write("one", "two")` makes a post of Ana's with these texts as its revisions, and returns its number."""

    def write(*bodies: str, title: str = "A post", tags: str = "", by: str = cast.author) -> int:
        post = None
        with desk.app.app_context():
            for body in bodies:
                seen = None if post is None else post.revision
                writer = User.with_email(by)
                saved = posts.write(post, title=title, body=body, tags=tags, note="", seen=seen, by=writer)
                post = Post.get(saved.post_id)
            return saved.post_id

    return write


@pytest.fixture
def history(desk: SimpleNamespace, cast: SimpleNamespace) -> Callable[..., int]:
    """`history((90, cast.author), (80, cast.editor))` makes a post, each revision so many minutes before the last noon.

    So what is told by days does not hang on when a test runs: an hour of saves before midnight is of two days. The text
    of a revision is its number.
    """

    def history(*saves: tuple[float, str]) -> int:
        post, now = None, clock.now()
        noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
        noon = noon if noon < now else noon - timedelta(days=1)
        with desk.app.app_context():
            for number, (minutes, email) in enumerate(saves):
                by, at = User.with_email(email), noon - timedelta(minutes=minutes)
                seen = None if post is None else post.revision
                saved = posts.write(post, title="A post", body=str(number), tags="", note="", seen=seen, by=by, at=at)
                post = Post.get(saved.post_id)
            return saved.post_id

    return history


@pytest.fixture
def revise(desk: SimpleNamespace, cast: SimpleNamespace) -> Callable[..., None]:
    """`revise(post, "three")` adds a revision to a post, as Ana does while somebody else looks at it."""

    def revise(post_id: int, body: str, *, title: str = "A post", by: str = cast.author) -> None:
        with desk.app.app_context():
            post = Post.get(post_id)
            posts.write(post, title=title, body=body, tags="", note="", seen=post.revision, by=User.with_email(by))

    return revise


@pytest.fixture
def publish(desk: SimpleNamespace, cast: SimpleNamespace) -> Callable[..., None]:
    """`publish(post, 1)` shows revision 1 to the readers, `publish(post)` the latest."""

    def publish(post_id: int, revision: int = -1) -> None:
        with desk.app.app_context():
            publication.publish(Post.get(post_id), revision=revision, by=User.with_email(cast.editor))

    return publish


@pytest.fixture
def trash(desk: SimpleNamespace, cast: SimpleNamespace) -> Callable[[int], None]:
    """`trash(post)` moves a post to the trash."""

    def trash(post_id: int) -> None:
        with desk.app.app_context():
            trashing.delete(Post.get(post_id), by=User.with_email(cast.editor))

    return trash


@pytest.fixture
def new_context(new_context: NewContext, request: pytest.FixtureRequest) -> Iterator[NewContext]:
    """Make browsers whose every error on the console, the security policy's reports too, fails the test."""
    mark = request.node.get_closest_marker("refuses")
    expected = {str(status) for status in mark.args} if mark else set()
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        refused = REFUSED.match(message.text)
        if message.type == "error" and not (refused and refused[refused.lastgroup] in expected):
            errors.append(f"{message.text} ({message.location['url']})")

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(TIMEOUT_MS)
        context.on("console", listen)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        return context

    yield watched
    assert errors == []


@pytest.fixture(scope="session")
def sign_in() -> Callable[[Page, str], None]:
    """`sign_in(page, email)` goes through the sign-in page."""

    def sign_in(page: Page, email: str) -> None:
        page.goto("/login")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("/")

    return sign_in


@pytest.fixture(scope="session")
def session_of(browser: Browser, base_url: str, sign_in: Callable[[Page, str], None]) -> Callable[[str], StorageState]:
    """`session_of(email)` is what a signed-in browser of that person keeps: one sign-in serves all tests."""

    @cache
    def session_of(email: str) -> StorageState:
        context = browser.new_context(base_url=base_url)
        sign_in(context.new_page(), email)
        state = context.storage_state()
        context.close()
        return state

    return session_of


@pytest.fixture
def editor(new_context: NewContext, session_of: Callable[[str], StorageState], cast: SimpleNamespace) -> Page:
    """A page on which the editor is signed in."""
    return new_context(storage_state=session_of(cast.editor)).new_page()
