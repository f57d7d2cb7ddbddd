"""Shapes of a profile, ready to show."""

from typing import Any, TypedDict


class Head(TypedDict):
    """Who it is."""

    id: int
    kind: str
    name: str
    aside: str
    initials: str
    owner: str
    alert: str
    deceased: str
    trash: bool
    version: int
    greeting: str
    formal_greeting: str
    addressee: str
    locked: bool
    photo: str


class HatLine(TypedDict):
    id: int
    words: str
    past: bool


class TagLine(TypedDict):
    id: int
    name: str
    colour: str
    said: str


class Reach(TypedDict):
    """A way to reach them, with what they said about it beside."""

    key: str
    id: int
    kind: str
    words: str
    to: str
    label: str
    primary: bool
    good: str
    bad: str
    note: str


class Relation(TypedDict):
    id: int
    name: str
    to: str
    what: str
    past: bool


class Node(TypedDict):
    """A dot of the small graph, and the end of its line from the middle."""

    id: int
    x: str
    y: str
    tx: str
    ty: str
    anchor: str
    label: str
    what: str
    household: bool


class Home(TypedDict):
    id: int
    name: str
    to: str
    members: str
    greeting: str


class Pair(TypedDict):
    name: str
    value: str


class NoteLine(TypedDict):
    id: int
    body: str
    by: str
    private: bool
    pinned: bool


class TaskLine(TypedDict):
    id: int
    title: str
    due: str
    late: bool
    owner: str


class FileLine(TypedDict):
    id: int
    title: str
    to: str
    said: str


class FigureLine(TypedDict):
    figure: str
    words: str
    to: str


class TimeLine(TypedDict):
    key: str
    when: str
    kind: str
    words: str
    link: str
    to: str
    after: str
    warn: str
    amount: str
    more: str


class ConsentLine(TypedDict):
    """A purpose, and what is known of it on each channel."""

    purpose: str
    email: str
    phone: str
    text: str
    post: str


class OwnField(TypedDict):
    code: str
    label: str
    kind: str
    shown: str
    raw: str
    options: list[str]


class Profile(TypedDict):
    """Everything the page shows but the timeline."""

    head: Head
    hats: list[HatLine]
    tags: list[TagLine]
    reach: list[Reach]
    relations: list[Relation]
    nodes: list[Node]
    homes: list[Home]
    about: list[Pair]
    fields: list[OwnField]
    notes: list[NoteLine]
    tasks: list[TaskLine]
    files: list[FileLine]
    figures: list[FigureLine]
    consents: list[ConsentLine]
    years: list[tuple[str, float, str]]
    years_said: str
    edit: dict[str, Any]
    """The fields of the record as they are, for the form and for telling whether somebody else changed them."""
