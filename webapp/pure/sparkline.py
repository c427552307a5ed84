"""The size of a post over its revisions as a drawing: one step for each revision, from the left edge to the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 1000
HEIGHT = 100
"""Units of the drawing, which is stretched to its place."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG path data: the `line`, the `area` below it, and a stroke at each labelled and each published revision."""

    line: str
    area: str
    labelled: str
    published: str


def draw(
    sizes: Sequence[tuple[int, int | None]], *, last: int, labelled: Iterable[int] = (), published: Iterable[int] = ()
) -> Drawing:
    """Return the drawing of `sizes`: pairs of a revision's number, ascending up to `last`, and its bytes.

    Where the bytes are None the size before goes on. Differences fill at least the upper half of the height, also
    where they are small.
    """
    line = _steps(sizes, last)
    return Drawing(
        line=line,
        area=f"{line}V{HEIGHT}H0Z" if line else "",
        labelled="".join(f"M{x} 0V{HEIGHT}" for x in _places(labelled, last)),
        # Strokes of no length: their round ends are dots.
        published="".join(f"M{x} {HEIGHT}h0" for x in _places(published, last)),
    )


def sample(count: int, most: int) -> tuple[int, ...]:
    """Return at most `most` (at least 2) of the numbers from 0 to `count` - 1, evenly spread, both ends among them."""
    if count <= most:
        return tuple(range(count))
    return tuple(step * (count - 1) // (most - 1) for step in range(most))


def x(number: int, last: int) -> int:
    """Return where revision `number` of 0 to `last` stands."""
    return round(number * WIDTH / last) if last else WIDTH


def _places(numbers: Iterable[int], last: int) -> list[int]:
    return sorted({x(number, last) for number in numbers})


def _steps(sizes: Sequence[tuple[int, int | None]], last: int) -> str:
    known = [(number, size) for number, size in sizes if size is not None]
    if not known:
        return ""
    least, most = min(size for _, size in known), max(size for _, size in known)
    floor = max(0, least - (most - least))
    span = most - floor
    line, height = "", None
    for number, size in known:
        y = HEIGHT - round((size - floor) * HEIGHT / span) if most > least else HEIGHT // 2
        if height is None:
            line = f"M0 {y}"
        elif y != height:
            line += f"H{x(number, last)}V{y}"
        height = y
    return f"{line}H{WIDTH}"
