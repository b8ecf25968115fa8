"""Near-duplicates: texts that share most of their bigrams, found without comparing every two. Pure.

MinHash (Broder, 1997) in bands. A sign is a Chinese character or a whole word: of letters
alone, any two long English texts share most pairs.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]

ALIKE: Final = 0.5  # of all bigrams of the two, the share that both have
FEWEST: Final = 10  # bigrams; 'So were we.' is no copy of anything
_HASHES: Final = 126
_BANDS: Final = 42  # of three each: texts at ALIKE meet in one with probability 0.996
_COMPARED: Final = 8  # unlike texts that one band's bucket is compared with
_SIGN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+")
_CHANCE: Final = np.random.default_rng(20261122)  # fixed: the same text, the same signature
_FACTORS: Final = _CHANCE.integers(0, 2**63, _HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS: Final = _CHANCE.integers(0, 2**63, _HASHES, dtype=np.uint64)


def signature(text: str) -> Signature | None:
    """Return what is compared of a text, 126 numbers; None where it is too short to be a copy."""
    signs = _SIGN.findall(unicodedata.normalize("NFKC", text).casefold())
    pairs = {crc32(f"{one} {other}".encode()) for one, other in pairwise(signs)}
    if len(pairs) < FEWEST:
        return None
    hashed = np.fromiter(pairs, dtype=np.uint64, count=len(pairs))
    mixed = (hashed[:, None] * _FACTORS + _TERMS) >> np.uint64(32)
    least: Signature = mixed.min(axis=0).astype(np.uint32)
    return least


def alike(one: Signature | None, other: Signature | None) -> bool:
    """Tell whether two texts are near-duplicates, by their signatures."""
    if one is None or other is None:
        return False
    return float(np.mean(one == other)) >= ALIKE


def grouped(signatures: Mapping[bytes, Signature | None]) -> list[list[bytes]]:
    """Return the ids of texts that are alike, two at least together, in the order given."""
    first = {name: name for name in signatures}
    buckets: dict[tuple[int, bytes], list[bytes]] = defaultdict(list)
    for name, own in signatures.items():
        if own is None:
            continue
        for number, band in enumerate(own.reshape(_BANDS, -1)):
            bucket = buckets[number, band.tobytes()]
            met = False
            for other in bucket:
                if _root(first, other) == _root(first, name) or alike(own, signatures[other]):
                    first[_root(first, name)] = _root(first, other)
                    met = True
            if not met and len(bucket) < _COMPARED:
                bucket.append(name)
    found: dict[bytes, list[bytes]] = defaultdict(list)
    for name in signatures:
        found[_root(first, name)].append(name)
    return [names for names in found.values() if len(names) > 1]


def _root(first: dict[bytes, bytes], name: bytes) -> bytes:
    while first[name] != name:
        first[name] = name = first[first[name]]
    return name
