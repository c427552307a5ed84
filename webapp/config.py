"""Every setting with its default and unit, read from the environment once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LARGEST_BODY_BYTES = 2 * 1024 * 1024
"""Longer texts are not compared (`pure/diff.py`), and every save compares."""


@dataclass(frozen=True)
class Config:
    """What an installation can choose; `Config.read()` takes it from the environment."""

    data: Path
    """The folder for the database file, the secret key and the signing key."""
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    """Server processes. One is plenty for a desk on SQLite; raise it with PostgreSQL."""
    trusted_hosts: tuple[str, ...] = ()
    """Host names that requests may carry; empty: any, which is only for one's own machine."""
    proxy_hops: int = 0
    """How many reverse proxies stand in front and set X-Forwarded-*."""
    max_body_bytes: int = LARGEST_BODY_BYTES
    """The longest text of a post, in bytes of UTF-8."""
    draft_days: int = 30
    """How long the states of a draft are kept after it was saved or discarded, in days."""

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Return the configuration of `environ` (default: the process's), making `STET_DATA` and the key if needed.

        Raises ValueError with the name of a setting that cannot be understood.
        """
        env = os.environ if environ is None else environ
        data = Path(env.get("STET_DATA") or "var").resolve()
        try:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            secret_key = env.get("SECRET_KEY") or _kept_secret(data / "secret_key")
        except OSError as error:
            raise ValueError(f"STET_DATA cannot be used: {error.strerror}: {error.filename}") from error
        return cls(
            data=data,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data / 'stet.sqlite3'}",
            secret_key=secret_key,
            host=env.get("HOST") or cls.host,
            port=_number(env, "PORT", cls.port, most=65535),
            workers=_number(env, "STET_WORKERS", cls.workers, least=1),
            trusted_hosts=tuple(host.strip() for host in env.get("TRUSTED_HOSTS", "").split(",") if host.strip()),
            proxy_hops=_number(env, "STET_PROXY_HOPS", cls.proxy_hops),
            max_body_bytes=_number(env, "STET_MAX_BODY_BYTES", cls.max_body_bytes, least=1, most=LARGEST_BODY_BYTES),
            draft_days=_number(env, "STET_DRAFT_DAYS", cls.draft_days, most=36500),
        )


def _number(env: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {text!r}.")
    if most is not None and int(text) > most:
        raise ValueError(f"{name} must be at most {most}, not {text}.")
    return int(text)


def _kept_secret(path: Path) -> str:
    """Return the key in `path`, made on the first call; two processes that start at once agree on one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first, and its key is the one that holds
        finally:
            draft.unlink()
    return path.read_text().strip()
