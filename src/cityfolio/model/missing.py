"""Why there is no answer. Zero is a value, missing is a reason; the two never mix."""

from __future__ import annotations

from enum import Enum

__all__ = ["Missing"]


class Missing(Enum):
    """The reason why a unit has no answer that counts, in the order in which they are told.

    `IN_WORDS` is that of a number alone: the unit answered, but only in the words of a text that `describes` the number.

    >>> [reason.value for reason in Missing]
    ['not_asked', 'not_offered', 'routed_past', 'refused', 'dont_know', 'not_on_record', 'unanswered', 'in_words']
    >>> Missing.ROUTED_PAST.pattern, Missing.of_pattern(-3)
    (-3, <Missing.ROUTED_PAST: 'routed_past'>)
    """

    NOT_ASKED = "not_asked"
    NOT_OFFERED = "not_offered"
    ROUTED_PAST = "routed_past"
    REFUSED = "refused"
    DONT_KNOW = "dont_know"
    NOT_ON_RECORD = "not_on_record"
    UNANSWERED = "unanswered"
    # The last, so that the numbers that stand for the others in files made before are still theirs.
    IN_WORDS = "in_words"

    # There is one of each; this is many times faster than the hash of its name, and every base asks for it.
    __hash__ = object.__hash__

    @property
    def pattern(self) -> int:
        """The response pattern that stands for this reason: -1 for the first, -2 for the second ..."""
        return _PATTERNS[self]

    @classmethod
    def of_pattern(cls, pattern: int) -> Missing:
        """The reason that a negative response pattern stands for.

        Raises:
            ValueError: if the pattern is an answer (0 or above) or stands for no reason.
        """
        reason = _BY_PATTERN.get(pattern)
        if reason is None:
            raise ValueError(f"{pattern} is no missing reason; those are -1 to -{len(_BY_PATTERN)}")
        return reason


_BY_PATTERN = {-1 - place: reason for place, reason in enumerate(Missing)}
_PATTERNS = {reason: pattern for pattern, reason in _BY_PATTERN.items()}
