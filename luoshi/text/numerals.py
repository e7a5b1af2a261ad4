"""Numbers of official prose, Arabic and Chinese, as plain values."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_GROUPS = {"万": 10_000, "亿": 100_000_000}


def number(text: str) -> int | float | None:
    """The value of `1,200`, `3.6`, `十五`, `二〇二五`; whole numbers as int; None if it is none."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 18 else None
    plain = text.replace(",", "").replace("，", "")
    if plain and plain.isascii():
        return _arabic(plain)
    return chinese(text)


def _arabic(plain: str) -> int | float | None:
    if plain.isdigit():
        return int(plain) if len(plain) <= 18 else None
    whole, dot, part = plain.partition(".")
    if dot and whole.isdigit() and part.isdigit() and len(plain) <= 18:
        value = float(plain)
        return int(value) if value.is_integer() else value
    return None


def chinese(text: str) -> int | None:
    """The value of a Chinese numeral; digit by digit when it has no tens (二〇二五)."""
    if not text or len(text) > 16:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            scale = _SCALES[char]
            section += scale if scale in (20, 30) else (digit or 1) * scale
            digit = 0
        elif char in _GROUPS:
            total = (total + section + digit) * _GROUPS[char]
            section = digit = 0
        else:
            return None
    return total + section + digit
