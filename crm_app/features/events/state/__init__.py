"""States of the event pages."""

from crm_app.features.events.state.after import AfterState
from crm_app.features.events.state.door import DoorState
from crm_app.features.events.state.listing import EventsState, NewEventState
from crm_app.features.events.state.one import EventState
from crm_app.features.events.state.planning import PlanState
from crm_app.features.events.state.registering import RegisterState
from crm_app.features.events.state.roster import RosterState, SeatingState

__all__ = [
    "AfterState",
    "DoorState",
    "EventState",
    "EventsState",
    "NewEventState",
    "PlanState",
    "RegisterState",
    "RosterState",
    "SeatingState",
]
