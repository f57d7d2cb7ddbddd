"""Errors written for the people who read them."""

from typing import Any


class CrmError(Exception):
    """Something a person can be told. Subclass it for a named fact; carry the data in keywords."""

    message = "That did not work."

    def __init__(self, message: str = "", hint: str = "", **data: Any):
        self.message = message or self.message
        self.hint = hint
        self.data = data
        super().__init__(self.message)

    @property
    def words(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotSignedIn(CrmError):
    message = "Please sign in again."


class NotAllowed(CrmError):
    message = "Your role does not allow this."


class NotFound(CrmError):
    message = "That record is not there any more."


class Conflict(CrmError):
    """Somebody else changed the same thing meanwhile; `data` holds theirs and mine."""

    message = "Somebody else changed this meanwhile."


class Invalid(CrmError):
    """A draft that cannot be kept as it is; `fields` names what is wrong where."""

    message = "Please look at the marked fields."

    def __init__(self, message: str = "", hint: str = "", fields: dict[str, str] | None = None, **data: Any):
        self.fields = fields or {}
        super().__init__(message or " ".join(self.fields.values()), hint, **data)
