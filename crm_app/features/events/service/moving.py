"""The one way a registration changes its status: by the table of moves, with its places, its history, its pokes."""

from typing import Any

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.errors import Conflict
from crm_app.core.work import Work
from crm_app.features.events.axes import HOLDS_SEAT, MOVES, WORDS, Status
from crm_app.features.events.models import Registration, TicketType
from crm_app.features.events.service import pools
from crm_app.features.events.service.errors import EventFull, IllegalMove


def move(work: Work, party: Registration, verb: str, *, over: bool = False, note: str = "", **values: Any) -> None:
    """Make a move. Places are taken or given back as the two statuses say, so they always agree."""
    sources, target, words = MOVES[verb]
    before = Status(party.status)
    if before not in sources:
        raise IllegalMove(f"You cannot {words} {party.name}: it is {WORDS[before]}.", status=before, move=verb)
    _places(work, party, before, target, over)
    changed = work.session.execute(
        sa.update(Registration)
        .where(Registration.id == party.id, Registration.status == before)
        .values(
            {
                "until": None,
                **values,
                "status": target,
                "status_at": work.now,
                "status_by": work.actor.name,
                "updated_at": work.now,
                "version": Registration.version + 1,
            }
        )
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        raise Conflict
    work.session.refresh(party)
    noted(work, party, verb, {"status": before}, {"status": target}, note)


def _places(work: Work, party: Registration, before: Status, after: Status, over: bool) -> None:
    if (before in HOLDS_SEAT) == (after in HOLDS_SEAT):
        return
    pool_id = work.get(TicketType, party.ticket_type_id).pool_id
    if before in HOLDS_SEAT:
        pools.release(work, pool_id, party.seats)
    elif pools.claim(work, pool_id, party.seats, over=over):
        raise EventFull(f"There are not {party.seats} free seats." if party.seats > 1 else "", event=party.event_id)


def noted(
    work: Work, party: Registration, verb: str, before: dict[str, Any], after: dict[str, Any], note: str = ""
) -> None:
    """Write it down and tell the screens."""
    history.record(
        work,
        "registration",
        party.id,
        verb,
        before=before,
        after=after,
        constituent_id=party.constituent_id,
        note=note,
    )
    told(work, party.event_id)


def told(work: Work, event_id: int) -> None:
    work.tell("events", f"event:{event_id}")
