"""Settings, read from the environment."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from tests import processes
from webapp.config import Config
from webapp.pure.diff import LARGEST_TEXT


def read(data: Path, **environ: str) -> Config:
    return Config.read({"STET_DATA": str(data), **environ})


def test_every_setting_has_a_default(tmp_path):
    config = read(tmp_path)

    assert config == Config(
        data=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'stet.sqlite3'}",
        secret_key=(tmp_path / "secret_key").read_text(),
        host="127.0.0.1",
        port=8000,
        workers=1,
        trusted_hosts=(),
        proxy_hops=0,
        max_body_bytes=2 * 1024 * 1024,
    )


def test_every_setting_can_be_chosen(tmp_path):
    config = read(
        tmp_path,
        DATABASE_URL="postgresql+psycopg://h/d",
        SECRET_KEY="s",
        HOST="0.0.0.0",
        PORT="9000",
        STET_WORKERS="4",
        TRUSTED_HOSTS=" desk.example , www.desk.example,",
        STET_PROXY_HOPS="2",
        STET_MAX_BODY_BYTES="1000",
    )

    assert config == Config(
        data=tmp_path,
        database_url="postgresql+psycopg://h/d",
        secret_key="s",
        host="0.0.0.0",
        port=9000,
        workers=4,
        trusted_hosts=("desk.example", "www.desk.example"),
        proxy_hops=2,
        max_body_bytes=1000,
    )


def test_an_empty_setting_is_one_that_was_not_made(tmp_path):
    empty = dict.fromkeys(("DATABASE_URL", "HOST", "PORT", "STET_WORKERS", "TRUSTED_HOSTS", "STET_PROXY_HOPS"), "")

    assert read(tmp_path, SECRET_KEY="s", **empty) == read(tmp_path, SECRET_KEY="s")


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path):
    config = read(tmp_path / "deep" / "var")

    assert config.data.stat().st_mode & 0o777 == 0o700


def test_the_default_data_folder_is_var_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert Config.read({}).data == tmp_path / "var"


@pytest.mark.parametrize("name", ["PORT", "STET_WORKERS", "STET_PROXY_HOPS", "STET_MAX_BODY_BYTES"])
@pytest.mark.parametrize("text", ["many", "-1", "1.5", "１", "1e3"])
def test_what_is_no_number_is_refused_by_name(tmp_path, name, text):
    with pytest.raises(ValueError, match=f"^{name} must be"):
        read(tmp_path, **{name: text})


@pytest.mark.parametrize("name", ["STET_WORKERS", "STET_MAX_BODY_BYTES"])
def test_what_cannot_be_nothing_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="at least 1"):
        read(tmp_path, **{name: "0"})


def test_texts_longer_than_are_compared_cannot_be_allowed(tmp_path):
    assert read(tmp_path, STET_MAX_BODY_BYTES="2097152").max_body_bytes == LARGEST_TEXT
    with pytest.raises(ValueError, match=r"^STET_MAX_BODY_BYTES must be at most 2097152, not 2097153\.$"):
        read(tmp_path, STET_MAX_BODY_BYTES="2097153")


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = read(tmp_path).secret_key

    assert read(tmp_path).secret_key == first
    assert len(bytes.fromhex(first)) == 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_data_folders_have_two_keys(tmp_path):
    assert read(tmp_path / "a").secret_key != read(tmp_path / "b").secret_key


def test_processes_that_start_at_once_agree_on_the_key(tmp_path):
    with processes.pool(4) as pool:
        keys = pool.map(_key, [tmp_path] * 8, chunksize=1)

    assert set(keys) == {(tmp_path / "secret_key").read_text()}


def test_a_configuration_cannot_be_changed(tmp_path):
    with pytest.raises(FrozenInstanceError):
        read(tmp_path).port = 1


def _key(data: Path) -> str:
    return read(data).secret_key
