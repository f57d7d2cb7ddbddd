"""Tables of events."""

from crm_app.features.events.models.arriving import CheckIn, Checkpoint, ScanAttempt
from crm_app.features.events.models.event import BudgetLine, CapacityPool, Event, EventSeries, Question, TicketType
from crm_app.features.events.models.party import GuestNeed, Registration, RegistrationPayment, Seat
from crm_app.features.events.models.table import EventTable

__all__ = [
    "BudgetLine",
    "CapacityPool",
    "CheckIn",
    "Checkpoint",
    "Event",
    "EventSeries",
    "EventTable",
    "GuestNeed",
    "Question",
    "Registration",
    "RegistrationPayment",
    "ScanAttempt",
    "Seat",
    "TicketType",
]
