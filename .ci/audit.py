"""Asks whether a locked package has a known vulnerability: one fails the check; nobody who answers is a warning.

pip-audit passes when a service knows none of the packages, or a mirror has no such service: nothing was audited then.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.txt"  # holds what the other locks hold, at the same versions
SERVICES = ("pypi", "osv")  # the second is asked when the first does not know everything
LONGEST_SECONDS = 120


def main() -> int:
    """Print what is known and return the exit code: 1 only for a known vulnerability."""
    unknown = None
    for service in SERVICES:
        dependencies = _ask(service)
        if dependencies is None:
            continue
        bad = [f"{each['name']} {each['version']}: {_ids(each)}" for each in dependencies if each.get("vulns")]
        if bad:
            print("audit: known vulnerabilities:", *bad, sep="\n  ", file=sys.stderr)
            return 1
        unknown = [each["name"] for each in dependencies if "skip_reason" in each]
        if not unknown:
            print(f"audit: no known vulnerability in {len(dependencies)} packages")
            return 0
    what = "any package" if unknown is None else f"{len(unknown)} packages, {unknown[0]} among them"
    print(f"audit: WARNING: no advisory service could be asked about {what}", file=sys.stderr)
    return 0


def _ask(service: str) -> list[dict[str, Any]] | None:
    """Return what the service says of each package, None when it cannot be asked."""
    command = (sys.executable, "-m", "pip_audit", "--requirement", LOCK, "--no-deps", "--disable-pip")
    options = ("--vulnerability-service", service, "--format", "json", "--progress-spinner", "off")
    try:
        answer = subprocess.run(
            [*command, *options], capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
        )
        return json.loads(answer.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def _ids(dependency: dict[str, Any]) -> str:
    return ", ".join(vulnerability["id"] for vulnerability in dependency["vulns"])


if __name__ == "__main__":
    sys.exit(main())
