"""Says in plain words what changed from one version of a post to another: sentences by rule, bounded in number.

"Paragraph 4: “may” became “must”", "Section “Install” moved up", "12 links removed", "Only white space changed".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from webapp.pure import areas, diff, plural, words
from webapp.pure.areas import Moved
from webapp.pure.content import Writing
from webapp.pure.diff import Comparison, Hunk
from webapp.pure.passages import Outline
from webapp.pure.quoting import quote
from webapp.pure.wording import SPACE, Fact, Wording, counted

NOTHING = "Nothing changed"
MOST_SENTENCES = 12
MOST_AREAS = 60
"""So many passages are put in words; of the others it is said how many there are."""
QUOTED_CHARACTERS = 40
LINE_CHARACTERS = 100
_LINE_AREAS = 4
_LINE_QUOTED_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that changed, without a full stop; `hunk` is the number of the hunk that shows it, if one does."""

    text: str
    hunk: int | None = None


def sentences(old: Writing, new: Writing, comparison: Comparison | None = None) -> tuple[Sentence, ...]:
    """Return what changed, in reading order; one sentence at least, `MOST_SENTENCES` and one at most.

    `comparison` is that of the bodies, for those who have it. Raises diff.TooLarge.
    """
    facts, untold = _facts(old, new, comparison, quoted=QUOTED_CHARACTERS, most=MOST_AREAS)
    told = [Sentence(fact.text, fact.hunk) for fact in facts[:MOST_SENTENCES]]
    if rest := len(facts) - len(told) + untold:
        told.append(Sentence(f"And {plural.of(rest, 'more change')}"))
    return tuple(told)


def line(old: Writing, new: Writing, comparison: Comparison | None = None) -> str:
    """Return the same on one line of at most `LINE_CHARACTERS`, what says most first. Raises diff.TooLarge.

    A list shows the beginning of it: the words that changed, and not where, and the text before title and tags.
    """
    facts, untold = _facts(old, new, comparison, quoted=_LINE_QUOTED_CHARACTERS, most=_LINE_AREAS, brief=True)
    facts.sort(key=lambda fact: fact.hunk is None)
    for shown in range(len(facts), 0, -1):
        rest = len(facts) - shown + untold
        more = [plural.of(rest, "more change")] if rest else []
        whole = "; ".join([facts[0].text, *(_small(fact.text) for fact in facts[1:shown]), *more])
        if len(whole) <= LINE_CHARACTERS:
            return whole
    return f"{counted(len(facts) + untold, 'change')}"


def _facts(
    old: Writing, new: Writing, comparison: Comparison | None, *, quoted: int, most: int, brief: bool = False
) -> tuple[list[Fact], int]:
    """Return what there is to say, at least one fact, and how many passages besides have changed."""
    comparison = comparison or diff.compare(old.body, new.body)
    facts = [*_about_title(old.title, new.title, quoted), *_about_tags(old.tags, new.tags, quoted)]
    untold = 0
    if comparison.hunks and not (old.body.strip() and new.body.strip()):
        facts.append(_about_all(old.body, new.body))
    elif comparison.hunks and all(_only_space(hunk) for hunk in comparison.hunks):
        facts.append(Fact(SPACE, hunk=0))
    elif comparison.hunks:
        lines = diff.lines(new.body)
        wording = Wording(Outline(new.body, lines), quoted, brief)
        found = areas.of(comparison, diff.lines(old.body), lines, wording.outline)
        for area in islice(found, most):
            facts += wording.moved(area) if isinstance(area, Moved) else wording.changed(area)
        untold = sum(1 for _ in found)
    return _folded(_with_moved_sections(facts)) or [Fact(NOTHING)], untold


def _about_title(old: str, new: str, quoted: int) -> Iterator[Fact]:
    if old != new:
        was, now = quote(old, most=quoted), quote(new, most=quoted)
        yield Fact(f"title changed from {was} to {now}")


def _about_tags(old: Sequence[str], new: Sequence[str], quoted: int) -> Iterator[Fact]:
    """Yield the tags that came and went."""
    for verb, some, others in (("added", new, old), ("removed", old, new)):
        names = [tag for tag in some if tag not in others]
        if names:
            shown = ", ".join(quote(name, most=quoted) for name in names[:3])
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            yield Fact(f"{'tag' if len(names) == 1 else 'tags'} {shown}{more} {verb}")
    if old != new and set(old) == set(new):
        yield Fact("tags stand in another order")


def _about_all(old: str, new: str) -> Fact:
    """Return what happened where one of the texts is blank."""
    if not old.strip() and not new.strip():
        return Fact(SPACE, hunk=0)
    if not new.strip():
        return Fact("the whole text removed", hunk=0)
    return Fact(f"text written, {counted(words.count(new), 'word')}", hunk=0)


def _only_space(hunk: Hunk) -> bool:
    return " ".join(hunk.old_lines).split() == " ".join(hunk.new_lines).split()


def _with_moved_sections(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts; a section that goes in one place and comes in another has moved, whatever else became of it."""
    gone = {fact.what.removesuffix(" removed"): fact for fact in facts if _is_section(fact, "removed")}
    come = {fact.what.removesuffix(" added"): fact for fact in facts if _is_section(fact, "added")}
    for fact in facts:
        name = fact.what.rpartition(" ")[0]
        if name in gone and name in come and fact in (gone[name], come[name]):
            if fact is come[name]:
                way = "up" if (come[name].hunk or 0) < (gone[name].hunk or 0) else "down"
                yield replace(fact, what=f"{name} moved {way}")
        else:
            yield fact


def _is_section(fact: Fact, verb: str) -> bool:
    return fact.what.startswith("section ") and fact.what.endswith(f" {verb}")


def _folded(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts with those that are the same in several places said once."""
    alike: dict[tuple[str, str, bool], list[Fact]] = {}
    for fact in facts:
        alike.setdefault((fact.what, fact.unit, bool(fact.where)), []).append(fact)
    if len(alike) > 1:
        alike.pop((SPACE, "", True), None)
        alike.pop((SPACE, "", False), None)
    return [_together(same) for same in alike.values()]


def _together(same: Sequence[Fact]) -> Fact:
    first = same[0]
    if len(same) == 1 and first.what != SPACE:
        return first
    if first.unit:
        return replace(first, where="", amount=sum(fact.amount for fact in same))
    if first.what == SPACE:
        return replace(first, where="")
    return replace(first, where="", what=f"{first.what} in {len(same):,} places") if first.hunk is not None else first


def _small(text: str) -> str:
    """Return a sentence as the rest of another one."""
    return text[:1].lower() + text[1:]
