"""What Home shows."""

from pydantic import BaseModel


class FigureRow(BaseModel):
    number: str
    words: str
    href: str


class WaitingRow(BaseModel):
    number: str
    words: str
    href: str


class TaskLine(BaseModel):
    id: int
    title: str
    person: str = ""
    href: str = ""
    due: str = ""
    late: bool = False


class ChangeLine(BaseModel):
    id: int
    when: str
    by: str
    said: str
    name: str = ""
    href: str = ""


class Desk(BaseModel):
    """The morning of one person."""

    greeting: str = ""
    day: str = ""
    sentence: str = ""
    figures: list[FigureRow] = []
    waiting: list[WaitingRow] = []
    nobody: bool = False
    """There is no constituent yet: the first hour."""
