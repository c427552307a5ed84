"""What a word is, for counting words and for marking the ones that changed."""

import re

# Hiragana, katakana and ideographs, which are written without spaces.
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Dakuten and variation selectors, which belong to the character before them.
_CJK_MARKS = r"\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
# By name and not as "all but \w": combining marks, which are no \w either, must stay with their letters.
_PUNCTUATION = r"!-/:-@\[-`{-~¡-©«¬®-±´¶-¸»¿×÷\u2010-\u205e\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"

_LETTER = re.compile(r"[^\W_]")
_RUN = re.compile(rf"[{_CJK}][{_CJK_MARKS}]*|[^\s{_CJK}]+")
_TOKEN = re.compile(
    rf"\s+|[{_CJK}][{_CJK_MARKS}]*|[^\s{_CJK}{_PUNCTUATION}]+(?:['’][^\s{_CJK}{_PUNCTUATION}]+)*|.", re.DOTALL
)


def words(text: str) -> list[str]:
    """Return the runs of non-space characters that hold a letter or digit; an ideograph or kana is a word by itself."""
    runs = text.split() if text.isascii() else _RUN.findall(text)
    return [run for run in runs if run.isalnum() or _LETTER.search(run)]


def split(text: str) -> list[str]:
    """Return the text cut into words without punctuation, spaces, and single punctuation marks."""
    return _TOKEN.findall(text)


def holds_a_word(text: str) -> bool:
    """Return whether there is a letter or digit in it."""
    return _LETTER.search(text) is not None
