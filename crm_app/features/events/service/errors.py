"""What can go wrong with an event, by name."""

from crm_app.core.errors import Conflict, CrmError, Invalid


class EventFull(CrmError):
    message = "There is no free seat."


class NotOpen(CrmError):
    message = "This event takes no registrations now."


class AlreadyRegistered(Conflict):
    message = "This person is registered already."


class IllegalMove(CrmError):
    message = "That cannot be done with this registration as it is now."


class CardNumber(Invalid):
    message = "This looks like a card number. Card numbers are never kept here."


class TooLate(CrmError):
    message = "It is too late for this."


class NothingCheckedIn(CrmError):
    message = "Nobody has been checked in, so nobody can be marked as not having come."
    hint = "Was the door list kept on paper? Tick the names on the roster first."


class TableFull(CrmError):
    message = "This table is full."
