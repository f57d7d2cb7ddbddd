"""The three axes of a registration, and the table of moves on the seat axis."""

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """Has the party a seat?"""

    HELD = "held"
    REGISTERED = "registered"
    AWAITING_APPROVAL = "awaiting_approval"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    TRANSFERRED = "transferred"
    CALLED_OFF = "called_off"


S = Status
HOLDS_SEAT = frozenset({S.HELD, S.REGISTERED, S.AWAITING_APPROVAL, S.OFFERED})
LIVE = HOLDS_SEAT | {S.WAITLISTED}
GONE = frozenset(Status) - LIVE

WORDS: dict[Status, str] = {
    S.HELD: "held",
    S.REGISTERED: "registered",
    S.AWAITING_APPROVAL: "to approve",
    S.WAITLISTED: "waiting",
    S.OFFERED: "offered a seat",
    S.CANCELLED: "cancelled",
    S.DECLINED: "declined",
    S.EXPIRED: "expired",
    S.TRANSFERRED: "given to somebody else",
    S.CALLED_OFF: "event called off",
}


class Move(NamedTuple):
    """From which statuses, to which, and what it is called when it cannot be done."""

    sources: frozenset[Status]
    target: Status
    words: str


MOVES: dict[str, Move] = {
    "confirmed": Move(frozenset({S.HELD}), S.REGISTERED, "confirm"),
    "approved": Move(frozenset({S.AWAITING_APPROVAL}), S.REGISTERED, "approve"),
    "declined": Move(frozenset({S.AWAITING_APPROVAL}), S.DECLINED, "decline"),
    "promoted": Move(frozenset({S.WAITLISTED}), S.REGISTERED, "move up"),
    "promoted for approval": Move(frozenset({S.WAITLISTED}), S.AWAITING_APPROVAL, "move up"),
    "offered": Move(frozenset({S.WAITLISTED}), S.OFFERED, "offer a seat to"),
    "accepted": Move(frozenset({S.OFFERED}), S.REGISTERED, "accept for"),
    "passed on": Move(frozenset({S.OFFERED}), S.DECLINED, "decline for"),
    "expired": Move(frozenset({S.HELD, S.OFFERED}), S.EXPIRED, "expire"),
    "cancelled": Move(frozenset(LIVE), S.CANCELLED, "cancel"),
    "transferred": Move(frozenset({S.REGISTERED}), S.TRANSFERRED, "transfer"),
    "reinstated": Move(frozenset({S.CANCELLED, S.DECLINED, S.EXPIRED}), S.REGISTERED, "reinstate"),
    "called off": Move(frozenset(LIVE), S.CALLED_OFF, "call off"),
}


def money(due: int, paid: int, status: str) -> str:
    """The money axis, derived: not_due, due, partial, paid, refund_due."""
    if status in GONE:
        return "refund_due" if paid > 0 else "not_due"
    if due == 0 and paid == 0:
        return "not_due"
    if paid > due:
        return "refund_due"
    return "paid" if paid == due else "partial" if paid > 0 else "due"


MONEY_WORDS = {"not_due": "", "due": "due", "partial": "partly paid", "paid": "paid", "refund_due": "refund due"}
ATTENDANCE_WORDS = {"unknown": "", "in": "in", "left": "left", "no_show": "did not come", "excused": "excused"}
