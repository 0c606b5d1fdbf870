"""The projection of the world map: Equal Earth, which shows every country in its true size beside the others."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

__all__ = ["WIDTH", "equal_earth"]

# Šavrič, B., Patterson, T., Jenny, B. (2018). The Equal Earth map projection. International Journal of Geographical
# Information Science 33 (3), 454-465. https://doi.org/10.1080/13658816.2018.1504949, equations 6 to 8.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
WIDTH = 10000.0
_EAST = 2.7066299836960748  # x of 180° on the equator
_SCALE = WIDTH / (2 * _EAST)


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The place on a map that is `WIDTH` wide: x from the western edge, y from the equator, down.

    >>> [[round(number) for number in equal_earth(*place)] for place in [(0, 0), (180, 0), (0, 90), (129.08, 35.18)]]
    [[5000, 0], [10000, 0], [5000, -2434], [8268, -1272]]
    """
    theta = asin(_M * sin(radians(latitude)))
    squared = theta * theta
    sixth = squared**3
    across = cos(theta) / (_M * (_A1 + 3 * _A2 * squared + sixth * (7 * _A3 + 9 * _A4 * squared)))
    x = radians(longitude) * across
    y = theta * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared))
    return (x + _EAST) * _SCALE, -y * _SCALE
