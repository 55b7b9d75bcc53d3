"""Zips that are the same bytes on every machine, with member names as channels write them."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date


class _GbkNamed(zipfile.ZipInfo):
    """A member whose name is stored as GBK bytes without the UTF-8 flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(members: Mapping[str, bytes], packed_on: date) -> bytes:
    """A stored zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            info = _GbkNamed(name, (packed_on.year, packed_on.month, packed_on.day, 8, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()
