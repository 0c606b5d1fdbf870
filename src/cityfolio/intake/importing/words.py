"""The values of other programs as the words that people write for them."""

from __future__ import annotations

from datetime import date, datetime

__all__ = ["words"]


def words(value: object) -> str:
    """A value as people write it: 3 for 3.0, nothing for nothing, a day without the midnight that spreadsheets add.

    >>> words(3.0), words(2.5), words(None), words(True), words(datetime(2024, 5, 1)), words(" a ")
    ('3', '2.5', '', '1', '2024-05-01', 'a')
    """
    if isinstance(value, str):
        return (value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value).strip()
    if value is None or value != value:  # noqa: PLR0124 - a number that is no number
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second or value.microsecond):
        return str(value.date())
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
