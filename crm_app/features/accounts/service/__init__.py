"""What a person can do about getting in, and an administrator about who may."""

from crm_app.features.accounts.service.entering import enter, leave, leave_everywhere, who
from crm_app.features.accounts.service.factor import begin_factor, confirm_factor, drop_factor
from crm_app.features.accounts.service.links import first_link, invite, join, link_for, open_link, reset_link
from crm_app.features.accounts.service.people import change_password, create, everyone, me, rename, set_active, set_role

__all__ = [
    "begin_factor",
    "change_password",
    "confirm_factor",
    "create",
    "drop_factor",
    "enter",
    "everyone",
    "first_link",
    "invite",
    "join",
    "leave",
    "leave_everywhere",
    "link_for",
    "me",
    "open_link",
    "rename",
    "reset_link",
    "set_active",
    "set_role",
    "who",
]
