"""The wheel holds everything that the desk needs, and runs from there with nothing of the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import serving
from webapp.views import assets

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_every_file_is_inside(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("webapp/")}

    assert packed == files("webapp", to="webapp") | files("templates", to="webapp/templates") | files(
        "static", to="webapp/static"
    )


def test_it_is_called_stet_and_brings_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (commands,) = [name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt")]
        licences = [name for name in archive.namelist() if name.endswith("/licenses/LICENSE")]

        assert archive.read(commands).decode().split() == ["[console_scripts]", "stet", "=", "webapp.__main__:main"]
        assert len(licences) == 1


def test_it_runs_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    # -P and a folder of its own: the checkout, which the tests have on their path too, must not come first.
    elsewhere = {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}

    with serving.start(tmp_path / "desk", cwd=tmp_path, environ=elsewhere) as server:
        server.wait_for(r"^Stet is ready")
        page = read(f"{server.address}/")
        style = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]

        assert imported_from(tmp_path, elsewhere) == installed / "webapp" / "__init__.py"
        assert read(f"{server.address}/healthz") == '{"status":"ok"}\n'
        assert read(f"{server.address}{style}") == assets.content(assets.SHEET).decode()


def files(folder: str, *, to: str) -> set[str]:
    """Return the names that the files of a folder of the checkout have in the wheel."""
    return {
        f"{to}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def imported_from(cwd: Path, environ: dict[str, str]) -> Path:
    command = [sys.executable, "-c", "import webapp; print(webapp.__file__)"]
    env = serving.environment(cwd / "desk") | environ
    return Path(subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=True).stdout.strip())


def read(address: str) -> str:
    with urlopen(address, timeout=10) as answer:  # noqa: S310  our own
        return str(answer.read().decode())
