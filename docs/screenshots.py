"""Makes the pictures in the README from the real app: `make screenshots`, or with a git bundle of a longer history.

It fills a desk in a temporary folder (the demo, and the document of BUNDLE if there is one), serves it, signs in and
photographs the screens into docs/images/.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from e2e import browser as browsers
from e2e.conftest import FLAGS
from tests import serving

IMAGES = Path(__file__).parent / "images"
STET = Path(sys.executable).with_name("stet")
BUNDLE = Path(os.environ.get("BUNDLE", "../shared/data/readme-history.bundle"))
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PICTURES = (
    ("editor", "editor", "light", WIDE),
    ("changes", "changes", "dark", WIDE),
    ("history", "history", "light", WIDE),
    ("phone", "editor", "light", NARROW),
)


def main() -> None:
    """Photograph everything."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "desk"
        shown = _fill(data, Path(name))
        with serving.start(data) as server, sync_playwright() as playwright:
            server.wait_for(r"^Stet is ready")
            browser = playwright.chromium.launch(executable_path=browsers.find(playwright), args=list(FLAGS))
            for picture in PICTURES:
                _photograph(browser, server.address, shown, *picture)
            browser.close()


def _fill(data: Path, scratch: Path) -> dict[str, str]:
    """Fill the desk and return the person to sign in as, and the addresses to photograph."""
    demo = _stet(data, "demo")
    email, password = re.search(r"(\S+@\S+)\s+(\S+)\s+\(", demo).groups()  # type: ignore[union-attr]
    shown = {"email": email, "password": password, "editor": "/1/update?revision=1"}
    shown["changes"] = f"{shown['editor']}&view=changes"
    if BUNDLE.exists():
        repository = scratch / "repository"
        subprocess.run(["git", "clone", "--quiet", BUNDLE, repository], check=True)
        post = json.loads(_stet(data, "import", "git", str(repository), "README.md", "--json"))["post"]
        admin = re.search(r"admin\s+(\S+@\S+)\s+(\S+)", demo)
        shown |= {"email": admin[1], "password": admin[2], "history": f"/{post}/update?revision=700"}  # type: ignore[index]
    return shown


def _stet(data: Path, *arguments: str) -> str:
    environment = os.environ | {"STET_DATA": str(data)}
    return subprocess.run([STET, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _photograph(
    browser: Browser, address: str, shown: dict[str, str], name: str, screen: str, scheme: str, size: dict[str, int]
) -> None:
    if screen not in shown:
        return
    page = browser.new_page(viewport=size, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    _sign_in(page, shown)
    page.goto(shown[screen], wait_until="networkidle")
    # Playwright itself writes only PNG, more than twice as long, and JPEG, which blurs letters.
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 85})
    (IMAGES / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))
    page.close()


def _sign_in(page: Page, shown: dict[str, str]) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(shown["email"])
    page.get_by_label("Password").fill(shown["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


if __name__ == "__main__":
    main()
