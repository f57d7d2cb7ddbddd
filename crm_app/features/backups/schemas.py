"""Shapes of the backups page."""

from pydantic import BaseModel


class BackupRow(BaseModel):
    id: int
    name: str
    made: str
    by: str
    words: str
    drill: str
    drilled: str


class Plan(BaseModel):
    every_hours: int = 24
    keep: int = 14
