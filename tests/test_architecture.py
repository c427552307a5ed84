"""What holds everywhere in the house, proved on its source: one door, no traps, small rooms, a test beside each."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "webapp").rglob("*.py"))
OURS = [
    path
    for pattern in ("webapp/**/*.py", "templates/**/*.html", "static/js/**/*.js", "static/css/**/*.css", "e2e/*.py")
    for path in sorted(ROOT.glob(pattern))
]
LONGEST_LINES = 250
# A migration is written once and says a whole schema.
LONG = {"webapp/migrations/versions/0001_the_desk.py"}

CONTENT = {"title", "body", "tags"}
TRAPS = {
    "difflib": "takes minutes on hostile text: pure/diff.py",
    "revert": "rewinds the revision number: operations/restore.py",
    "vacuum": "Continuum's deletes real revisions",
    "begin_nested": "Continuum loses revisions of a savepoint",
    "bulk_save_objects": "makes no revision",
    "bulk_insert_mappings": "makes no revision",
    "bulk_update_mappings": "makes no revision",
}
# Rooms that have no test beside them, and the test that goes through them.
TESTED_ELSEWHERE = {
    "webapp/cli/asking.py": "tests/cli/test_users.py",
    "webapp/cli/serve.py": "tests/test_serve.py",
    "webapp/clock.py": "tests/test_architecture.py",
    "webapp/dumps.py": "tests/operations/test_backup.py",
    "webapp/forms/form.py": "tests/views/test_posts.py",
    "webapp/forms/post.py": "tests/views/test_saving.py",
    "webapp/forms/seen.py": "tests/views/test_version.py",
    "webapp/git_program.py": "tests/test_git.py",
    "webapp/history/happening.py": "tests/views/test_activity.py",
    "webapp/pure/areas.py": "tests/pure/test_summary.py",
    "webapp/pure/wording.py": "tests/pure/test_summary.py",
    "webapp/operations/turns.py": "tests/operations/test_setup.py",
    "webapp/views/access.py": "tests/views/test_every_route.py",
    "webapp/views/arguments.py": "tests/views/test_editor.py",
    "webapp/views/browser.py": "tests/views/test_login.py",
    "webapp/views/caching.py": "tests/views/test_editor.py",
    "webapp/views/notices.py": "tests/views/test_version.py",
    "webapp/views/headers.py": "tests/views/test_every_route.py",
    "webapp/views/health.py": "tests/test_serve.py",
    "webapp/views/pages.py": "tests/views/test_every_route.py",
    "webapp/views/surroundings.py": "tests/views/test_people.py",
    "webapp/views/resending.py": "tests/views/test_errors.py",
}


def test_every_module_says_what_it_is_for() -> None:
    silent = [name(path) for path in SOURCES if not ast.get_docstring(tree(path))]

    assert silent == []


def test_a_post_gets_its_text_in_one_function_and_a_draft_in_one() -> None:
    doors = {(name(path), function) for path in SOURCES for function in writers(tree(path))}

    assert doors == {("webapp/operations/posts.py", "_assign"), ("webapp/operations/drafts.py", "_kept")}


def test_no_statement_goes_round_the_mapper_to_a_post_but_the_erasure() -> None:
    doors = {(name(path), function) for path in SOURCES for function in round_the_mapper(tree(path))}

    assert doors == {("webapp/operations/erase.py", "post_for_good"), ("webapp/operations/erase.py", "_silence")}


@pytest.mark.parametrize(
    "statement",
    [
        "post.title = text",
        "post.note, post.body = note, text",
        "post.tags += text",
        "post.tags: str = text",
        "Post(title=text)",
        "setattr(post, 'body', text)",
        "[post.title for post.title in texts]",
    ],
)
def test_the_search_for_doors_knows_every_way_to_write(statement: str) -> None:
    source = f"class A:\n  def f():\n    {statement}\ndef g():\n  post.note = x.title == post.body"

    assert list(writers(ast.parse(source))) == ["f"]


@pytest.mark.parametrize(
    "statement",
    ["sa.update(Post)", "update(Post.__table__)", "sa.insert(Post).values(x=1)", "db.session.execute(sa.delete(Post))"],
)
def test_the_search_for_statements_knows_their_forms(statement: str) -> None:
    assert list(round_the_mapper(ast.parse(f"def f():\n  {statement}\ndef g():\n  sa.select(Post)"))) == ["f"]


def test_history_only_reads() -> None:
    writing = {"add", "add_all", "delete", "merge", "commit", "flush", "insert", "update", "transaction"}
    found = [
        f"{name(path)}: {ast.unparse(call.func)}"
        for path in SOURCES
        if path.parent.name == "history"
        for call in calls(tree(path))
        if last_name(call.func) in writing
        and ast.unparse(call.func).startswith(("db.", "sa.", "session.", "transaction"))
    ]

    assert found == []


def test_nobody_steps_into_a_known_trap() -> None:
    found = [
        f"{name(path)}:{node.lineno} {trap}: {TRAPS[trap]}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        for trap in names(node) & set(TRAPS)
    ]

    assert found == []


def test_the_time_is_asked_of_the_clock() -> None:
    found = [
        f"{name(path)}: {ast.unparse(call.func)}"
        for path in SOURCES
        if name(path) != "webapp/clock.py"
        for call in calls(tree(path))
        if ast.unparse(call.func) in {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
    ]

    assert found == []


def test_rooms_stay_small() -> None:
    long = [name(path) for path in OURS if len(path.read_text().splitlines()) > LONGEST_LINES]

    assert [path for path in long if path not in LONG] == []


def test_a_room_is_named_by_its_topic() -> None:
    rooms = {part for path in OURS for part in path.relative_to(ROOT).with_suffix("").parts}

    assert rooms & {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"} == set()


def test_tests_mirror_the_tree() -> None:
    untested = {name(path) for path in SOURCES if has_functions(path) and not its_test(path).exists()}

    assert untested == set(TESTED_ELSEWHERE)
    assert [test for test in TESTED_ELSEWHERE.values() if not (ROOT / test).exists()] == []


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def its_test(path: Path) -> Path:
    inside = path.relative_to(ROOT / "webapp")
    return ROOT / "tests" / inside.parent / f"test_{inside.name}"


def has_functions(path: Path) -> bool:
    if path.name in {"__init__.py", "__main__.py"} or "migrations" in path.parts:
        return False
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree(path)))


def functions(module: ast.Module) -> Iterator[tuple[str, list[ast.AST]]]:
    """Yield each function with all the nodes in it, and what stands outside of all functions as `<module>`."""
    inside: set[ast.AST] = set()
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes = list(ast.walk(function))
            inside.update(nodes)
            yield function.name, nodes
    yield "<module>", [node for node in ast.walk(module) if node not in inside]


def writers(module: ast.Module) -> Iterator[str]:
    """Yield the functions that assign content to anything but themselves, or make a post with it."""
    for function, nodes in functions(module):
        if any(assigns_content(node) for node in nodes):
            yield function


def assigns_content(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Store) and node.attr in CONTENT and ast.unparse(node.value) != "self"
    if isinstance(node, ast.Call) and last_name(node.func) == "Post":
        return any(keyword.arg in CONTENT for keyword in node.keywords)
    if isinstance(node, ast.Call) and last_name(node.func) == "setattr":
        return any(isinstance(argument, ast.Constant) and argument.value in CONTENT for argument in node.args)
    return False


def round_the_mapper(module: ast.Module) -> Iterator[str]:
    """Yield the functions that write the table of posts with a statement: Continuum does not see it."""
    for function, nodes in functions(module):
        if any(is_write_of_post(node) for node in nodes):
            yield function


def is_write_of_post(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or last_name(node.func) not in {"insert", "update", "delete"}:
        return False
    return any(
        ast.unparse(part) == "Post.__table__" or (part is argument and ast.unparse(part) == "Post")
        for argument in node.args
        for part in ast.walk(argument)
    )


def calls(module: ast.Module) -> Iterable[ast.Call]:
    return (node for node in ast.walk(module) if isinstance(node, ast.Call))


def last_name(expression: ast.expr) -> str:
    return ast.unparse(expression).rpartition(".")[2]


def names(node: ast.AST) -> set[str]:
    """Return what the node itself names: an attribute, a name, an imported module."""
    match node:
        case ast.Attribute(attr=attribute):
            return {attribute}
        case ast.Name(id=identifier):
            return {identifier}
        case ast.Import(names=imported) | ast.ImportFrom(names=imported):
            module = getattr(node, "module", None)
            return {part for alias in imported for part in alias.name.split(".")} | {module or ""}
    return set()
