"""zstd with the bytes that are known already as prefix: what stands in them costs almost nothing to say again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 3
"""zstd level: with similar bytes as prefix, higher levels cost time and save nothing measurable."""

_SHORTEST_PREFIX = 8  # bytes; zstd takes no shorter one
_OPTIONS: Mapping[int, int] = {zstd.CompressionParameter.compression_level: LEVEL, zstd.CompressionParameter.checksum_flag: 1}


class DamagedError(Exception):
    """Packed bytes that cannot be unpacked, or not with this prefix."""


def pack(data: bytes, prefix: bytes = b"") -> bytes:
    """The data as a zstd frame with a checksum; `unpack` needs the same prefix."""
    return zstd.compress(data, options=_OPTIONS, zstd_dict=_prefix(prefix))


def unpack(packed: bytes, prefix: bytes = b"", *, size: int | None = None) -> bytes:
    """What `pack` was given. Raises DamagedError; with `size`, also as soon as more than so many bytes come out."""
    try:
        if size is None:
            return zstd.decompress(packed, zstd_dict=_prefix(prefix))
        return zstd.ZstdDecompressor(zstd_dict=_prefix(prefix)).decompress(packed, max_length=size + 1)
    except (zstd.ZstdError, EOFError) as error:
        raise DamagedError(str(error)) from error


def _prefix(data: bytes) -> Any:
    return zstd.ZstdDict(data, is_raw=True).as_prefix if len(data) >= _SHORTEST_PREFIX else None
