"""Who a new person may be already, looked up while they are typed."""

from typing import TypedDict

import sqlalchemy as sa

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents.models import Email, Phone
from crm_app.features.constituents.service import finding
from crm_app.features.constituents.service.reading import phone_number
from crm_app.features.settings.service import organization

MOST = 5


class Likely(TypedDict):
    """Somebody who is here and may be the one."""

    id: int
    name: str
    to: str
    detail: str
    why: str


def likely(work: Work, typed: dict[str, str]) -> list[Likely]:
    """The same e-mail or phone first, then the same name (nicknames and former names included)."""
    work.require(Permission.PEOPLE_READ)
    why: dict[int, str] = {}
    email, phone = typed.get("email", "").strip().lower(), typed.get("phone", "").strip()
    if "@" in email:
        query = sa.select(Email.constituent_id).where(Email.folded == email).limit(MOST)
        why |= dict.fromkeys(work.session.execute(query).scalars(), "the same e-mail")
    if len(phone) >= 7:
        number, _, readable = phone_number(phone, organization(work).country)
        query = sa.select(Phone.constituent_id).where(Phone.number == number).limit(MOST)
        if readable:
            why = dict.fromkeys(work.session.execute(query).scalars(), "the same phone") | why
    first, last = typed.get("first_name", "").strip(), typed.get("last_name", "").strip()
    name = typed.get("name", "").strip() or (f"{first} {last}" if first and last else "")
    for number in finding.find_ids(work, name, MOST) if len(name) > 3 else ():
        why.setdefault(number, "a name like this")
    lines = finding.describe(work, list(why)[:MOST])
    return [
        {"id": one.id, "name": one.name, "to": f"/people/{one.id}", "detail": one.detail, "why": why[one.id]}
        for one in lines
    ]
