"""Who may do what: the permissions, the roles, and the matrix between them."""

from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    PEOPLE_READ = "see people, households and organizations"
    PEOPLE_EDIT = "add and change people"
    PEOPLE_DELETE = "move people to the trash"
    BIRTHDATES_READ = "see birth dates"
    NOTES_PRIVATE = "see private notes"
    GIVING_READ = "see gifts and amounts"
    GIVING_EDIT = "enter and correct gifts"
    CONSENT_EDIT = "record consent"
    EVENTS_READ = "see events and rosters"
    EVENTS_EDIT = "plan events and register people"
    DOOR = "check people in"
    EVENTS_OVERBOOK = "let people in over capacity"
    CASES_READ = "see cases and services"
    IMPORT = "bring files in"
    EXPORT = "take lists out"
    MERGE = "merge duplicates"
    NOTEBOOKS_READ = "read notebooks"
    NOTEBOOKS_EDIT = "write notebooks"
    TASKS = "have tasks"
    HISTORY_READ = "see who changed what"
    SETTINGS_EDIT = "change settings"
    USERS_EDIT = "invite people and set roles"
    BACKUP = "back up and restore"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    STEWARD = "data steward"
    FUNDRAISER = "fundraiser"
    ORGANIZER = "organizer"
    COORDINATOR = "event coordinator"
    DOOR = "door"
    CASE_WORKER = "case worker"
    VIEWER = "viewer"


P = Permission
READER = frozenset({P.PEOPLE_READ, P.EVENTS_READ, P.NOTEBOOKS_READ})
WORKER = READER | {P.PEOPLE_EDIT, P.TASKS, P.CONSENT_EDIT}

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(P),
    Role.STEWARD: WORKER
    | {P.PEOPLE_DELETE, P.BIRTHDATES_READ, P.GIVING_READ, P.GIVING_EDIT, P.IMPORT, P.EXPORT, P.MERGE, P.NOTEBOOKS_EDIT}
    | {P.HISTORY_READ, P.EVENTS_EDIT},
    Role.FUNDRAISER: WORKER
    | {P.BIRTHDATES_READ, P.NOTES_PRIVATE, P.GIVING_READ, P.GIVING_EDIT, P.EXPORT, P.NOTEBOOKS_EDIT, P.IMPORT},
    Role.ORGANIZER: WORKER | {P.EXPORT, P.NOTEBOOKS_EDIT, P.EVENTS_EDIT, P.DOOR},
    Role.COORDINATOR: WORKER | {P.EVENTS_EDIT, P.DOOR, P.EVENTS_OVERBOOK, P.NOTEBOOKS_EDIT},
    Role.DOOR: frozenset({P.EVENTS_READ, P.DOOR}),
    Role.CASE_WORKER: WORKER | {P.CASES_READ, P.BIRTHDATES_READ, P.NOTES_PRIVATE},
    Role.VIEWER: READER,
}


@dataclass(frozen=True)
class Actor:
    """The person (or the house itself) in whose name something is done."""

    user_id: int | None
    name: str
    role: Role
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @classmethod
    def of(cls, user_id: int | None, name: str, role: Role) -> "Actor":
        return cls(user_id, name, role, MATRIX[role])

    @classmethod
    def system(cls, name: str = "Commonplace") -> "Actor":
        return cls.of(None, name, Role.ADMINISTRATOR)
