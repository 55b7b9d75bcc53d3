"""Which member of a delivered file is which part of its format."""

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import BYTE_ORDER_MARK
from tieout.reading.container import Member
from tieout.reading.definition import Format
from tieout.reading.part import PartDefinition


def recognised(
    fmt: Format, found: tuple[Member, ...], shown_as: str
) -> list[tuple[PartDefinition, Member]]:
    """Each part of the format that is read, with the member that it stands in.

    Raises Fault 11 for a member that no part knows, or two of one kind, 12 when one is missing.
    """
    if fmt.container == "file" and len(fmt.parts) > 1:
        return [(part, found[0]) for part in fmt.parts if not part.is_ignored]
    taken: dict[int, Member] = {}
    for member in found:
        number = next((n for n, p in enumerate(fmt.parts) if _is_it(p, member)), None)
        if number is None or number in taken:
            raise Fault(
                "member-unknown" if number is None else "member-twice",
                ExitCode.UNREADABLE,
                where=member.shown_as,
                found="a member that no part of the format reads"
                if number is None
                else f"a second member of the kind of {taken[number].name}",
                expected=f"the members of {fmt.name}, each once",
                action="Ask the sender what this member is; add a part for it to the format.",
            )
        taken[number] = member
    missing = [
        part
        for number, part in enumerate(fmt.parts)
        if number not in taken and not part.is_ignored and not part.is_optional
    ]
    if missing:
        wanted = missing[0].member.pattern if missing[0].member else missing[0].holds
        raise Fault(
            "member-missing",
            ExitCode.TRUNCATED,
            where=shown_as,
            found="the members " + (", ".join(m.name for m in found) or "(none)"),
            expected=f"a member as {wanted}, for {missing[0].relation.name}",
            action="Have the file delivered again.",
        )
    return [(fmt.parts[n], m) for n, m in sorted(taken.items()) if not fmt.parts[n].is_ignored]


def _is_it(part: PartDefinition, member: Member) -> bool:
    base_name = member.name.replace("\\", "/").rsplit("/", 1)[-1]
    if part.member is not None and not part.member.fullmatch(base_name):
        return False
    if not part.holds:
        return True
    begin = member.peek()
    encoding = "utf-8" if begin.startswith(BYTE_ORDER_MARK) else part.encoding
    return part.holds in begin.decode(encoding, errors="ignore")
