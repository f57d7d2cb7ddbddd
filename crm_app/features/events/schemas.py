"""Shapes that cross the border of events: drafts in, rows out."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field


class EventDraft(BaseModel):
    """What is said of an event; moments are local to its zone: `starts` and `ends` as 2026-11-22T18:00."""

    name: str
    kind: str = "event"
    summary: str = ""
    description: str = ""
    starts: str
    ends: str
    time_zone: str = ""
    venue: str = ""
    address: str = ""
    capacity: int | None = None
    currency: str = ""
    waitlist: bool = True
    promotes: str = "confirm"
    party_policy: str = "strict"
    offer_hours: int = 24
    waitlist_stops_hours: int = 0
    self_cancel_hours: int = 24
    public: bool = False
    discount_percent: int = 0
    discount_visits: int = 0
    door_note: str = ""
    slug: str = ""


class TicketDraft(BaseModel):
    name: str
    description: str = ""
    price: int = 0
    benefit_value: int = 0
    voluntary_extra: int = 0
    capacity: int | None = None
    """Its own places within the event's; None for no limit of its own."""
    shares_with_id: int | None = None
    """Take places from the same pool as this other ticket."""
    approval: bool = False
    min_party: int = 1
    max_party: int = 10
    public: bool = True
    sale_from: datetime | None = None
    sale_until: datetime | None = None


class QuestionDraft(BaseModel):
    label: str
    kind: str = "text"
    options: list[str] = Field(default_factory=list)
    ticket_type_id: int | None = None
    required: bool = False


class GuestDraft(BaseModel):
    name: str = ""
    constituent_id: int | None = None
    diet: str = ""
    access: str = ""
    answers: dict[str, Any] = Field(default_factory=dict)


class PartyDraft(BaseModel):
    """A party that wants to come: the host, and guests with or without names."""

    name: str = ""
    constituent_id: int | None = None
    email: str = ""
    phone: str = ""
    ticket_type_id: int | None = None
    """None: the event's first ticket."""
    seats: int = 0
    """More than the named ones: guests to be named later."""
    guests: list[GuestDraft] = Field(default_factory=list)
    diet: str = ""
    access: str = ""
    answers: dict[str, Any] = Field(default_factory=dict)
    extra: int = 0
    attention: str = ""
    note: str = ""
    source: str = "staff"
    hold_until: datetime | None = None
    """Only keep the seats until then."""
    over_reason: str = ""
    """Over capacity, with the permission for it."""
    again_reason: str = ""
    """Registered twice, and meant so."""
    nonce: str | None = None


class Registered(BaseModel):
    """What became of a wish to come."""

    id: int
    code: str
    status: str
    words: str
    place: int = 0
    """The place in the waitlist, from 1."""
    due: int = 0
    repeated: bool = False


class Tap(BaseModel):
    """One touch at a door."""

    nonce: str = Field(min_length=8, max_length=64)
    seat_id: int
    checkpoint_id: int | None = None
    verb: str = "in"
    """in, out, undo"""
    occurred_at: datetime | None = None
    device: str = Field(default="", max_length=60)
    offline: bool = False
    reason: str = Field(default="", max_length=300)
    """Let in anyway, and why."""


class Tapped(BaseModel):
    """What the door says back: never an error for somebody who is in already."""

    outcome: str
    """in, already, replay, out, undone, refused"""
    words: str
    seat_id: int
    name: str = ""
    at: str = ""


class WalkIn(BaseModel):
    name: str = Field(max_length=160)
    email: str = Field(default="", max_length=160)
    phone: str = Field(default="", max_length=60)
    seats: int = Field(default=1, ge=1, le=20)
    ticket_type_id: int | None = None
    constituent_id: int | None = None
    checkpoint_id: int | None = None
    over_reason: str = Field(default="", max_length=300)
    device: str = Field(default="", max_length=60)
    nonce: str = Field(min_length=8, max_length=64)


class DoorRow(BaseModel):
    """Somebody at the door, ready to show."""

    seat_id: int
    registration_id: int
    name: str
    detail: str
    """Table, party."""
    flags: str
    """Diet, access, money due, greeting: what wants attention."""
    state: str
    """come, in, left, no"""
    says: str
    """The words on the button."""
    party: int
    party_in: int


class Counts(BaseModel):
    """Heads of an event; always counted from the rows."""

    capacity: int | None = None
    held: int = 0
    seats: int = 0
    """Live seats of registered parties."""
    parties: int = 0
    inside: int = 0
    arrived: int = 0
    to_come: int = 0
    waiting: int = 0
    """Seats wanted by those who wait."""
    waiting_parties: int = 0
    offered: int = 0
    to_approve: int = 0
    to_tell: int = 0
    due: int = 0
    owing: int = 0
    """Parties that owe something."""
    needs: int = 0
    no_show: int = 0
    gone: int = 0
    off_list: int = 0
    """Seats of those who wait, hold, were offered one or are to be approved."""


class EventRow(BaseModel):
    id: int
    name: str
    slug: str
    kind: str
    status: str
    when: str
    day: str
    venue: str
    seats: int
    capacity: int | None
    taken: str
    waiting: int
    arrived: int
    fill: int
    """Per cent of the capacity."""
    past: bool
    template: bool
    public: bool


class RosterRow(BaseModel):
    seat_id: int
    registration_id: int
    name: str
    named: bool
    host: bool
    with_: str
    constituent_id: int | None
    ticket: str
    status: str
    status_words: str
    money: str
    money_words: str
    attendance: str
    arrived: str
    table_id: int | None
    table: str
    diet: str
    access: str
    attention: str
    email: str
    phone: str
    code: str
    note: str
    place: int
    to_tell: str
    group: str


class EvaluationLine(BaseModel):
    label: str
    value: str
    share: int = 0
    """Per cent of the longest bar."""


class Evaluation(BaseModel):
    """Whether it worked."""

    seats: int = 0
    arrived: int = 0
    no_show: int = 0
    unknown: int = 0
    show_rate: str = ""
    walk_ins: int = 0
    cancelled: int = 0
    waited: int = 0
    promoted: int = 0
    first_timers: int = 0
    came_back: int = 0
    new_constituents: int = 0
    income: str = ""
    costs: str = ""
    net: str = ""
    in_the_red: bool = False
    receiptable: str = ""
    due: str = ""
    sources: list[EvaluationLine] = Field(default_factory=list)
    diets: list[EvaluationLine] = Field(default_factory=list)
    needs: list[EvaluationLine] = Field(default_factory=list)
    arrivals: list[EvaluationLine] = Field(default_factory=list)
    closed_out: str = ""


class PaymentDraft(BaseModel):
    amount: int
    method: str = "cash"
    kind: str = "payment"
    reference: str = ""
    paid_on: date | None = None


class Line(BaseModel):
    """A line of the roster: a person, or the heading of a group."""

    id: int
    heading: str = ""
    count: str = ""
    registration_id: int = 0
    name: str = ""
    named: bool = True
    with_: str = ""
    ticket: str = ""
    table: str = ""
    needs: str = ""
    money: str = ""
    owes: bool = False
    state: str = ""
    says: str = ""
    tell: str = ""
    ticked: bool = False


class TableCard(BaseModel):
    id: int
    name: str
    seats: int
    taken: int
    people: list[Line]


class PartyMoment(BaseModel):
    when: str
    what: str
    by: str


class PartyCard(BaseModel):
    """One person and their party, ready to show."""

    seat_id: int = 0
    registration_id: int = 0
    constituent_id: int = 0
    name: str = ""
    host: str = ""
    code: str = ""
    status: str = ""
    status_words: str = ""
    seats: int = 1
    email: str = ""
    phone: str = ""
    diet: str = ""
    access: str = ""
    attention: str = ""
    note: str = ""
    table_id: str = ""
    attendance: str = ""
    attendance_words: str = ""
    due: str = ""
    due_cents: int = 0
    paid: str = ""
    money_words: str = ""
    discount: str = ""
    source: str = ""
    version: int = 1
    guests: list[str] = Field(default_factory=list)
    moments: list[PartyMoment] = Field(default_factory=list)


class SeatDraft(BaseModel):
    """What may be corrected about one person."""

    name: str = ""
    email: str = ""
    phone: str = ""
    diet: str = ""
    access: str = ""
    attention: str = ""
    note: str = ""
    table_id: int | None = None
    """None: as it is; 0: no table."""
    version: int | None = None


class TicketRow(BaseModel):
    id: int
    name: str
    price: str
    price_cents: int = 0
    benefit: str = ""
    places: str = ""
    words: str = ""


class QuestionRow(BaseModel):
    id: int
    label: str
    kind: str
    of: str
    required: bool


class PointRow(BaseModel):
    id: int
    name: str


class BudgetRow(BaseModel):
    id: int
    kind: str
    name: str
    planned: str
    actual: str


class EventView(BaseModel):
    """One event with its parts, ready to show."""

    id: int = 0
    name: str = ""
    slug: str = ""
    status: str = ""
    when: str = ""
    starts: str = ""
    time_zone: str = ""
    venue: str = ""
    address: str = ""
    summary: str = ""
    description: str = ""
    currency: str = "USD"
    door_note: str = ""
    public: bool = False
    begun: bool = False
    past: bool = False
    closed_out: str = ""
    rules: list[str] = Field(default_factory=list)
    version: int = 1
    tickets: list[TicketRow] = Field(default_factory=list)
    questions: list[QuestionRow] = Field(default_factory=list)
    doors: list[PointRow] = Field(default_factory=list)
    budget: list[BudgetRow] = Field(default_factory=list)


class PublicTicket(BaseModel):
    id: int
    name: str
    description: str
    price: str
    approval: bool
    left: int | None


class PublicEvent(BaseModel):
    """An event as strangers may see it."""

    id: int
    slug: str
    name: str
    organization: str
    when: str
    zone: str
    venue: str
    address: str
    summary: str
    description: str
    closed: str
    tickets: list[PublicTicket]
    questions: list[tuple[int, str, str, list[str], bool, int]]
    full: bool
    waitlist: bool
    waiting: int
    most: int


class OwnRegistration(BaseModel):
    """A registration as its holder sees it through their link."""

    key: str
    name: str
    code: str
    status: str
    words: str
    seats: int
    due: str
    event: str
    slug: str
    when: str
    venue: str
    until: str
    may_change: bool
    self_cancel_hours: int
