"""Quotes words of a text within a sentence: short, on one line, and unable to disturb what stands around them."""

import unicodedata

# What turns the direction of the text that follows (Unicode's bidirectional algorithm, UAX #9), or is no character.
_DISTURBING = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})
_ISOLATE, _POP = "\u2068", "\u2069"


def quote(text: str, *, most: int) -> str:
    """Return the text in quotation marks, at most `most` characters of it; what runs from right to left is isolated."""
    # Cut before it is cleaned: the text may be a megabyte.
    shown = " ".join(text[: 4 * most + 1000].split()).translate(_DISTURBING).translate(_QUOTES)
    shown = "".join(character for character in shown[: 2 * most] if not "\ud800" <= character <= "\udfff")
    if len(shown) > most:
        shown = shown[: most - 1].rstrip() + "…"
    if not shown.strip("\u200b\u200c\u200d\u2060\u00ad\u2800 "):
        return "something invisible"
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in shown):
        shown = f"{_ISOLATE}{shown}{_POP}"
    return f"“{shown}”"
