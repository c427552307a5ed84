"""A post's revisions as a list, the way the article that Stet grew from reads them."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import sqlalchemy as sa

from webapp.database import db, version_class


class Versions(Sequence[Any]):
    """Revision `n` at index `n`, oldest first, each a row of `post_version` with `title`, `body` and the rest.

    Continuum's own `versions` walks n index entries to find the n-th, reads negative indexes as errors,
    and shifts when rows are missing; this one seeks the revision's number.
    """

    def __init__(self, model: type, post_id: int, latest: int) -> None:
        self._version = version_class(model)
        self._post_id = post_id
        self._latest = latest

    def __len__(self) -> int:
        return self._latest + 1

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            numbers = range(len(self))[index]
            rows = {row.revision: row for row in self._rows(self._version.revision.in_(numbers))}
            return [rows[number] for number in numbers]
        number = index + len(self) if index < 0 else index
        row = db.session.scalar(self._query(self._version.revision == number)) if number >= 0 else None
        if row is None:
            raise IndexError(f"There is no revision {index}.")
        return row

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows())

    def _rows(self, *conditions: Any) -> Iterator[Any]:
        return iter(db.session.scalars(self._query(*conditions).order_by(self._version.revision)))

    def _query(self, *conditions: Any) -> sa.Select[Any]:
        return sa.select(self._version).where(self._version.id == self._post_id, *conditions)
