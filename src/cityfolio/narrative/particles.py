"""Korean particles: the form that fits the sound before it, after Hangul, digits, Latin letters and brackets.

A translator writes both forms, `{unit}[은/는]`; the sentence gets one of them. `{wave}[년]` is the word for a year, which Korean
puts after each, and nothing after a wave that is called otherwise. Anything else in square brackets stays as it is.
"""

from __future__ import annotations

import re

__all__ = ["fit_particles"]

# After a consonant, after a vowel. What begins with 이 after a consonant and drops it after a vowel (이라고, 이나, 이며, 이었던)
# needs no list, except where the vowel takes another form.
_PAIRS = (
    ("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("아", "야"),
    ("이에요", "예요"), ("이어서", "여서"), ("이었습니다", "였습니다"), ("이었다", "였다"), ("이었던", "였던"), ("이여", "여"),
)  # fmt: skip
_FORMS = {f"{first}/{second}": pair for pair in _PAIRS for first, second in (pair, pair[::-1])}
_PARTICLE = re.compile(
    r"\[(?:(?P<listed>" + "|".join(map(re.escape, sorted(_FORMS, key=len, reverse=True))) + r")"
    r"|이(?P<one>[가-힣]+)/(?P=one)|(?P<other>[가-힣]+)/이(?P=other)|(?P<year>년))\]"
)
_A_YEAR = re.compile(r"(?<![\w.,-])[12][0-9]{3}$")
_OPENING = {")": "(", "]": "[", "）": "（", "〕": "〔", "】": "【"}
# What is not heard: closing quotation marks, stops, spaces, signs of direction.
_SILENT = set("”’\"'」』》〉›»…·.,;:!?~ \n\t*†‡§‖¶\u2068\u2069\u200e\u200f") | {"\u00a0"}
_SIGNS = {"%": "트", "％": "트", "℃": "도", "°": "도", "+": "스", "&": "드"}
_DIGITS = "영일이삼사오육칠팔구"
_POWERS = ((12, "조"), (8, "억"), (4, "만"), (3, "천"), (2, "백"), (1, "십"))
_LETTERS = {"L": "엘", "M": "엠", "N": "엔", "R": "알"}
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?$")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+$")
_ENDINGS = (
    (re.compile(r"(?:le|ll|l|el)$"), "을"),
    (re.compile(r"(?:ng|n|nn|ne|m|mm|me|ck|ic|ec|ac|op|ap|ip|ep|up)$"), "은"),
)
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8


def fit_particles(words: str, before: str = "") -> str:
    """The words with one form of each particle; `before` is what stands before them.

    >>> fit_particles("부산[은/는], 서울[은/는], 파리[은/는]")
    '부산은, 서울은, 파리는'
    >>> fit_particles("서울[으로/로], 부산[으로/로], 3[을/를], 2020[이/가], 10만[와/과], OECD[은/는], 부산(BUSAN)[이/가]")
    '서울로, 부산으로, 3을, 2020이, 10만과, OECD는, 부산(BUSAN)이'
    >>> fit_particles("‘있음’[이라고/라고] ‘좋아요’[이라고/라고], 서울[이며/며], 파리[지만/이지만], 부산[이었던/였던]")
    '‘있음’이라고 ‘좋아요’라고, 서울이며, 파리지만, 부산이었던'
    >>> fit_particles("[을/를] 고릅니다", before="52%"), fit_particles("[x/y]")
    ('를 고릅니다', '[x/y]')
    >>> fit_particles("2020[년] 조사, 2018 및 2020[년] 조사, 2020-spring[년] 조사, 2020년[년] 조사")
    '2020년 조사, 2018 및 2020년 조사, 2020-spring 조사, 2020년 조사'
    """
    if "[" not in words:
        return words
    done, place = "", 0
    for match in _PARTICLE.finditer(words):
        done += words[place : match.start()]
        place = match.end()
        if match["year"]:
            done += match["year"] if _A_YEAR.search(_heard(before + done)) else ""
            continue
        dropping = match["one"] or match["other"]
        consonant, vowel = (f"이{dropping}", dropping) if dropping else _FORMS[match["listed"]]
        done += _fitting(before + done, consonant, vowel)
    return done + words[place:]


def _fitting(before: str, consonant: str, vowel: str) -> str:
    final = _final(before)
    if final is None:
        # Nobody can know how this is read aloud; Korean then writes both.
        return f"{consonant}({vowel})" if consonant != "으로" else "(으)로"
    if consonant == "으로" and final == _RIEUL:
        return vowel
    return consonant if final else vowel


def _final(before: str) -> int | None:
    """The final consonant that is heard at the end: 0 for none, or None where nobody can know."""
    heard = _heard(before)
    last = heard[-1:]
    if not last:
        return None
    if _FIRST <= ord(last) <= _LAST:
        return (ord(last) - _FIRST) % _FINALS
    number, word = _NUMBER.search(heard), _WORD.search(heard)
    said = _SIGNS.get(last) or (_number_end(number[0]) if number else "") or (_word_end(word[0]) if word else "")
    return (ord(said) - _FIRST) % _FINALS if said else None


def _heard(text: str) -> str:
    """The text without what is not read at its end; a gloss in brackets does not count, the word before it does."""
    while text:
        if text[-1] in _SILENT:
            text = text[:-1]
        elif text[-1] == ">" and "<" in text:
            text = text[: text.rindex("<")]
        elif text[-1] in _OPENING:
            start = text.rfind(_OPENING[text[-1]])
            text = text[:start] if start > 0 and text[:start].strip() else text[start + 1 : -1]
        else:
            break
    return text


def _number_end(number: str) -> str:
    """The last syllable of a number as it is read: the last digit that is not zero, or the power of ten that follows it."""
    whole, _, decimals = number.replace(",", "").partition(".")
    if decimals:
        return _DIGITS[int(decimals[-1])]
    zeros = len(whole) - len(whole.rstrip("0"))
    if not whole.strip("0"):
        return _DIGITS[0]
    return next((name for power, name in _POWERS if zeros >= power), _DIGITS[int(whole[-1])])


def _word_end(word: str) -> str:
    """A syllable that ends as the word does when it is read in Korean: letter by letter if all are capitals."""
    if word.isupper():
        return _LETTERS.get(word[-1], "이")
    return next((syllable for ending, syllable in _ENDINGS if ending.search(word.lower())), "이")
