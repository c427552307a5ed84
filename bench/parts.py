"""The parts that a request is made of, in this process and by themselves."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from statistics import median
from typing import Any

from bench import corpus
from webapp.history import verify
from webapp.pure import chain, delta, diff, words

_TEXTS = 200


def measured() -> Iterator[tuple[str, float]]:
    """Yield the name of each part and the CPU milliseconds that it takes for one text of about 75 KB."""
    texts = _texts()
    coded = [text.encode() for text in texts]
    pairs, coded_pairs = list(pairwise(texts)), list(pairwise(coded))
    packed = [(delta.pack(new, old), old, len(new)) for old, new in coded_pairs]
    yield "compare adjacent revisions", _ms(lambda pair: diff.compare(*pair), pairs)
    yield "count the words of a change", _ms(lambda pair: words.change(*pair), pairs)
    yield "pack a text", _ms(lambda pair: delta.pack(pair[1], pair[0]), coded_pairs)
    yield "unpack one step", _ms(lambda step: delta.unpack(step[0], step[1], size=step[2]), packed)
    salt = chain.new_salt()
    yield (
        "commit to a text",
        _ms(lambda text: chain.commitment(salt, title="A document", tags="", note="", body=text), texts),
    )


def verifying() -> tuple[int, float]:
    """Verify the opened desk and return its revisions and the CPU milliseconds for one of them.

    Raises RuntimeError if it does not hold.
    """
    start = time.process_time()
    report = verify.everything()
    spent = time.process_time() - start
    if report.first_bad is not None:
        raise RuntimeError(f"The measured history does not verify: {report.first_bad}")
    return report.revisions, 1000 * spent / report.revisions


def _texts() -> Sequence[str]:
    history = corpus.real()
    if history is not None:
        return [draft.body for draft in history.drafts[-_TEXTS:]]
    return list(islice(corpus.edited(corpus.document(), _TEXTS), _TEXTS))


def _ms(part: Callable[[Any], object], inputs: Iterable[Any]) -> float:
    """Return the median of the CPU milliseconds for one input."""
    spent = []
    for each in inputs:
        start = time.process_time_ns()
        part(each)
        spent.append(time.process_time_ns() - start)
    return median(spent) / 1e6
