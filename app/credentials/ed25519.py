"""Checking an Ed25519 signature on the standard library alone. Pure.

Only public things pass through here, so nothing has to take constant time. RFC 8032, 5.1.7.
"""

from hashlib import sha512
from typing import Final

_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_ROOT: Final = pow(2, (_P - 1) // 4, _P)
# A point in extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z.
_Point = tuple[int, int, int, int]
_ZERO: Final[_Point] = (0, 1, 1, 0)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature (64 bytes) is of a message under a public key (32 bytes)."""
    key, factor = _point(public), int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or factor >= _ORDER:
        return False
    digest = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    x, y, z, t = key
    found = _add(_times(factor, _BASE), _times(digest, (_P - x, y, z, _P - t)))
    return _written(found) == signature[:32]


def _add(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: _Point) -> _Point:
    product = _ZERO
    for bit in bin(factor)[2:]:
        product = _add(product, product)
        if bit == "1":
            product = _add(product, point)
    return product


def _point(written: bytes) -> _Point | None:
    """Read a point, or None where the bytes are none (RFC 8032, 5.1.3)."""
    number = int.from_bytes(written, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    if len(written) != 32 or y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


def _written(point: _Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_Y: Final = 4 * pow(5, -1, _P) % _P
_X: Final = 15112221349535400772501151409588531511454012693041857206046113283949847762202
_BASE: Final[_Point] = (_X, _Y, 1, _X * _Y % _P)
