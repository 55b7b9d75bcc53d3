"""What stands after the rows of a delimited text and is none: a trailer, or lines by number."""

from tieout.faults import ExitCode, Fault
from tieout.reading.part import PartDefinition

LONGEST_TRAILER_BYTES = 64 * 1024


class Trailer:
    """The text from the line on that begins with the part's mark, as far as it is known.

    `first_line`: where it begins; 0 as long as there is none.
    """

    def __init__(self, part: PartDefinition, shown_as: str) -> None:
        self.text = ""
        self.first_line = 0
        self._mark = part.trailer
        self._shown_as = shown_as
        leads = (lead for prefix in {"", part.cell_prefix} for lead in (prefix, '"' + prefix))
        self._marks = tuple({(lead + part.trailer).encode() for lead in leads})

    def cut_off(self, data: bytes, first_line: int, *, may_be_quoted: bool) -> bytes:
        """The rows of a block, without what belongs to the trailer.

        Raises Fault (exit 11) when the trailer grows longer than any is.
        """
        if not self._mark:
            return data
        begin = 0 if self.text else self._start(data, may_be_quoted=may_be_quoted)
        if begin < 0:
            return data
        if not self.text:
            self.first_line = first_line + data.count(b"\n", 0, begin)
        self.text += data[begin:].decode()
        if len(self.text) > LONGEST_TRAILER_BYTES:
            raise Fault(
                "data-after-trailer",
                ExitCode.UNREADABLE,
                where=f"{self._shown_as}:{self.first_line}",
                found="a long text after the trailer",
                expected="nothing after the trailer",
                action="Have the file delivered again, one bill a file.",
            )
        return data[:begin]

    def _start(self, data: bytes, *, may_be_quoted: bool) -> int:
        starts = [0] if data.startswith(self._marks) else []
        for mark in self._marks:
            # one byte is found at a tenth of the cost of several
            at = data.find(b"\n" + mark) if mark[:1] in data else -1
            while at >= 0 and may_be_quoted and data.count(b'"', 0, at) % 2:
                at = data.find(b"\n" + mark, at + 1)
            if at >= 0:
                starts.append(at + 1)
        return min(starts, default=-1)


def tail_start(data: bytes, lines: int) -> int:
    """Where the last lines begin that a format says are no rows; blank ones do not count."""
    if not lines:
        return len(data)
    begin = len(data.rstrip(b"\r\n \t"))
    for _ in range(lines):
        begin = data.rfind(b"\n", 0, max(begin - 1, 0)) + 1
    return begin


def refuse_row_as_tail(tail: bytes, part: PartDefinition, cells: int, shown_as: str) -> None:
    """Raise Fault (exit 12) when the tail is a row of so many cells.

    A file cut after a row would otherwise lose that row without a word.
    """
    if not tail or tail.count(part.separator.encode()) >= cells - 1:
        raise Fault(
            "file-cut-short",
            ExitCode.TRUNCATED,
            where=shown_as,
            found="a row as the last line" if tail else "no line after the header",
            expected=f"{part.tail_lines} lines after the rows",
            action="Have the file delivered again.",
        )
