"""Checks the locks offline: they fit pyproject.toml and each other, and name nothing but packages and hashes."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# All that a lock may hold: no address of a registry, no option, no path.
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.+!]*)( ; [a-z0-9_.'\"<>=! ()]+)? \\", re.IGNORECASE)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")

Pins = dict[str, str]


def main() -> int:
    """Print what is wrong and return the exit code."""
    problems = list(find_problems(ROOT))
    for problem in problems:
        print(f"lock: {problem}", file=sys.stderr)
    return 1 if problems else 0


def find_problems(root: Path) -> Iterator[str]:
    """Yield one sentence for everything that is wrong with the locks in `root`."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    run = project["project"]["dependencies"]
    groups = project["dependency-groups"]
    build = [*groups["build"], *project["build-system"]["requires"]]
    develop = [line for line in groups["dev"] if isinstance(line, str)]
    locks: dict[str, Pins] = {}
    for name, wanted in (
        ("requirements.txt", run),
        ("requirements-build.txt", build),
        ("requirements-dev.txt", [*run, *build, *develop]),
    ):
        lines = (root / name).read_text().splitlines()
        locks[name] = {pin["name"]: pin["version"] for line in lines if (pin := PIN.fullmatch(line))}
        for line in lines:
            if not PIN.fullmatch(line) and not HASH.fullmatch(line):
                yield f"{name} may not say: {line}"
        for requirement in _unmet(wanted, locks[name]):
            yield f"{name} does not fit pyproject.toml: {requirement}; say `make lock`"
    tools = locks.pop("requirements-dev.txt")
    for name, pins in locks.items():
        for package in (package for package in pins if tools.get(package) != pins[package]):
            yield f"requirements-dev.txt has another {package} than {name}; say `make lock`"


def _unmet(wanted: Iterable[str], pins: Pins) -> Iterator[str]:
    for line in wanted:
        requirement = Requirement(line)
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield line


if __name__ == "__main__":
    sys.exit(main())
