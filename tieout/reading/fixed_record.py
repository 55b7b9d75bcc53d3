"""What a format says of a record of fixed width: where its fields lie, in bytes."""

from dataclasses import dataclass

from tieout.reading.toml_table import TomlTable


@dataclass(frozen=True)
class FixedField:
    """A field of a fixed-width record, in bytes."""

    name: str
    at: int
    width: int


@dataclass(frozen=True)
class FixedRecord:
    """A record of `width` bytes; the `gaps` (byte positions) hold a space in every sound record."""

    width: int
    fields: tuple[FixedField, ...]
    gaps: tuple[int, ...]


def parse_fixed_record(table: TomlTable) -> FixedRecord:
    """From TOML: `widths`, `gap`, `record_bytes` and the `fields` by number.

    Raises Fault (exit 2) when a field has no place, or the widths are not those of the record.
    """
    widths = table.take_numbers("widths")
    gap = table.take("gap", 0)
    numbers = table.mapping("fields")
    ends = 0
    fields: list[FixedField] = []
    gaps: list[int] = []
    by_number = {number: name for name, number in numbers.items()}
    for number, width in enumerate(widths, start=1):
        if number > 1:
            gaps.extend(range(ends, ends + gap))
            ends += gap
        if number in by_number:
            fields.append(FixedField(by_number.pop(number), ends, width))
        ends += width
    if by_number:
        table.refuse("fields", f"{by_number}", f"field numbers from 1 to {len(widths)}")
    declared = table.take("record_bytes", 0)
    if ends != declared:
        table.refuse("widths", f"widths and gaps of {ends} bytes", f"{declared} (record_bytes)")
    return FixedRecord(ends, tuple(fields), tuple(gaps))
