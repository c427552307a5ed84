"""Copies third-party scripts and icons into static/ at exact versions, and checks that nobody edited them.

`python .ci/vendor.py` fetches the pinned packages with npm and writes files, sprite, index and lock;
`python .ci/vendor.py check` is offline: every file is as locked, nothing is missing, nothing is extra.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
LOCK = ROOT / ".ci" / "vendor.lock.json"
INDEX = STATIC / "vendor" / "index.json"
SPRITE = STATIC / "icons.svg"


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: the name our pages call it by, and the files taken, the script first."""

    name: str
    package: str
    version: str
    files: tuple[str, ...]
    minify: bool = False
    """Whether its script comes with comments and long names, and is shortened here."""

    @property
    def folder(self) -> Path:
        """Where its files go."""
        return STATIC / "vendor" / f"{self.name}-{self.version}"


SCRIPTS = (
    Package("htmx", "htmx.org", "4.0.1", ("dist/htmx.min.js", "LICENSE")),
    Package("markdown-toolbar", "@github/markdown-toolbar-element", "2.2.3", ("dist/index.js", "LICENSE"), minify=True),
    Package("relative-time", "@github/relative-time-element", "5.3.1", ("dist/bundle.js", "LICENSE"), minify=True),
)
ESBUILD = "0.25.0"
"""What shortens scripts. It changes no meaning, and what it made is locked like the rest."""
ICONS = Package("lucide", "lucide-static", "1.62.0", ("LICENSE",))
# A sprite of what the pages use: the whole set is half a megabyte.
ICON_NAMES = (
    "activity",
    "archive",
    "arrow-left",
    "arrow-left-right",
    "arrow-right",
    "arrow-up-down",
    "arrow-up-to-line",
    "bold",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle-alert",
    "circle-check",
    "circle-dashed",
    "code",
    "download",
    "ellipsis",
    "eraser",
    "eye",
    "file-text",
    "git-compare",
    "git-merge",
    "globe",
    "heading",
    "history",
    "info",
    "italic",
    "keyboard",
    "link",
    "list",
    "list-ordered",
    "list-todo",
    "log-out",
    "panel-left",
    "pencil",
    "plus",
    "rotate-ccw",
    "rss",
    "scissors",
    "search",
    "settings-2",
    "star",
    "strikethrough",
    "tag",
    "text-quote",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "user",
    "users",
    "x",
)


def main(arguments: list[str]) -> int:
    """Run the command in `arguments` and return its exit code: 0 fine, 1 something differs, 2 wrong usage."""
    if arguments == ["check"]:
        problems = list(differences())
        for problem in problems:
            print(f"vendor: {problem}", file=sys.stderr)
        return 1 if problems else 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    fetch()
    return 0


def fetch() -> None:
    """Write every vendored file and the lock; refuse a tarball that is not the one locked for that version."""
    locked = read_lock()["packages"]
    packages = {}
    for pin in (*SCRIPTS, ICONS):
        with tempfile.TemporaryDirectory() as scratch:
            tarball = pack(pin, Path(scratch))
            integrity = digest(tarball.read_bytes(), "sha512")
            known = locked.get(pin.package, {})
            if known.get("version") == pin.version and known["integrity"] != integrity:
                raise SystemExit(f"vendor: {pin.package} {pin.version} is not the tarball that was locked")
            packages[pin.package] = {"version": pin.version, "integrity": integrity}
            with tarfile.open(tarball) as archive:
                for name in pin.files:
                    content = member(archive, name)
                    write(
                        pin.folder / Path(name).name,
                        minified(content) if pin.minify and name in pin.files[:1] else content,
                    )
                if pin is ICONS:
                    write(SPRITE, sprite(archive).encode())
    index = {
        pin.name: {"src": source.relative_to(STATIC).as_posix(), "integrity": digest(source.read_bytes(), "sha384")}
        for pin in SCRIPTS
        for source in [pin.folder / Path(pin.files[0]).name]
    }
    write(INDEX, as_json(index))
    files = {path.relative_to(ROOT).as_posix(): digest(path.read_bytes(), "sha384") for path in expected()}
    write(LOCK, as_json({"packages": packages, "files": files}))


def differences() -> list[str]:
    """Return one sentence for each file that is missing, edited or not ours; empty when all is as locked."""
    lock = read_lock()
    pinned = {pin.package: pin.version for pin in (*SCRIPTS, ICONS)}
    problems = [
        f"{package} is pinned at {version} but not locked at it"
        for package, version in pinned.items()
        if lock["packages"].get(package, {}).get("version") != version
    ]
    present = {path.relative_to(ROOT).as_posix() for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    if SPRITE.exists():
        present.add(SPRITE.relative_to(ROOT).as_posix())
    problems += [f"{name} is not in the lock" for name in sorted(present - set(lock["files"]))]
    for name, integrity in lock["files"].items():
        if name not in present:
            problems.append(f"{name} is missing")
        elif digest((ROOT / name).read_bytes(), "sha384") != integrity:
            problems.append(f"{name} was edited")
    return problems


def expected() -> list[Path]:
    """Return the paths of every file that the pins produce, sorted."""
    copied = [pin.folder / Path(name).name for pin in (*SCRIPTS, ICONS) for name in pin.files]
    return sorted([*copied, SPRITE, INDEX])


def pack(pin: Package, folder: Path) -> Path:
    """Download the package's tarball into `folder`, running none of its scripts, and return its path."""
    name = f"{pin.package}@{pin.version}"
    command = ["npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", str(folder), name]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (tarball,) = folder.glob("*.tgz")
    return tarball


def minified(script: bytes) -> bytes:
    """Return a module without comments and spaces, its inner names shortened."""
    command = ["npm", "exec", "--yes", "--ignore-scripts", f"--package=esbuild@{ESBUILD}", "--", "esbuild"]
    shortened = subprocess.run([*command, "--minify", "--format=esm"], input=script, check=True, capture_output=True)
    return shortened.stdout


def sprite(archive: tarfile.TarFile) -> str:
    """Return one SVG holding each named icon as a `<symbol>`, drawn in the colour of the text around it."""
    look = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    symbols = []
    for name in ICON_NAMES:
        drawing = member(archive, f"icons/{name}.svg").decode()
        (shapes,) = re.findall(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
        shapes = re.sub(r"\s*\n\s*", "", shapes)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" {look}>{shapes}</symbol>')
    credit = f"<!-- Lucide {ICONS.version}, ISC: see vendor/{ICONS.folder.name}/LICENSE -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', credit, *symbols, "</svg>", ""])


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return the bytes of one file of an npm tarball (everything in it is below `package/`)."""
    stream = archive.extractfile(f"package/{name}")
    assert stream is not None, name
    return stream.read()


def read_lock() -> dict[str, Any]:
    """Return the lock, or an empty one before the first fetch."""
    return json.loads(LOCK.read_text()) if LOCK.exists() else {"packages": {}, "files": {}}


def digest(content: bytes, algorithm: str) -> str:
    """Return a subresource-integrity string such as `sha384-…`."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def as_json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
