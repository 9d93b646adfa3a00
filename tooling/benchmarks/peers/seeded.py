"""Random numbers that Python and TypeScript make alike, bit for bit.

Every peer starts from the same weights and reads the same batches, so the losses of all rows can be
compared. A number is a hash of (stream name, position): there is no state, and no library's generator
is involved. `ours/seeded.ts` is the same in TypeScript.
"""

import numpy as np

_FNV_OFFSET, _FNV_PRIME = 0x811C9DC5, 0x01000193


def _mix(bits: np.ndarray) -> np.ndarray:
    """The 32-bit finaliser `lowbias32` of Chris Wellons' hash-prospector."""
    bits = bits ^ (bits >> np.uint32(16))
    bits = bits * np.uint32(0x7FEB352D)
    bits = bits ^ (bits >> np.uint32(15))
    bits = bits * np.uint32(0x846CA68B)
    return bits ^ (bits >> np.uint32(16))


def _stream_key(stream: str) -> np.uint32:
    key = _FNV_OFFSET
    for byte in stream.encode():
        key = ((key ^ byte) * _FNV_PRIME) & 0xFFFFFFFF
    return np.uint32(key)


def uniform(stream: str, count: int) -> np.ndarray:
    """`count` multiples of 2^-24 in [0, 1), float64."""
    positions = np.arange(count, dtype=np.uint32)
    bits = _mix(_mix(positions) ^ _stream_key(stream))
    return (bits >> np.uint32(8)).astype(np.float64) / 2**24
