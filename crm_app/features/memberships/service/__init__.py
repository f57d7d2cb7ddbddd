"""What a person can do about memberships."""

from crm_app.features.memberships.service.inheriting import NoRoom, add_inherited, drop_inherited, inherit
from crm_app.features.memberships.service.showing import due, listed, numbers, of_person, show
from crm_app.features.memberships.service.terms import (
    AlreadyMember,
    ForLife,
    GiftTaken,
    cancel,
    drop_waiting,
    link_gift,
    mark_paid,
    preview,
    reinstate,
    renew,
    start,
)
from crm_app.features.memberships.service.types import list_types, retire_type, save_type

__all__ = [
    "AlreadyMember",
    "ForLife",
    "GiftTaken",
    "NoRoom",
    "add_inherited",
    "cancel",
    "drop_inherited",
    "drop_waiting",
    "due",
    "inherit",
    "link_gift",
    "list_types",
    "listed",
    "mark_paid",
    "numbers",
    "of_person",
    "preview",
    "reinstate",
    "renew",
    "retire_type",
    "save_type",
    "show",
    "start",
]
