"""What a form sends, made into drafts: empty is not said, numbers and days are read, or refused at their field."""

from datetime import date
from typing import Any

from crm_app.core.errors import Invalid
from crm_app.features.constituents.schemas import (
    AddressDraft,
    ConstituentDraft,
    EmailDraft,
    Filters,
    HatDraft,
    PhoneDraft,
)

NUMBERS = ("birth_year", "birth_month", "birth_day")
WORDS = ("prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "preferred_name", "pronouns", "name")
WORDS += ("gender", "language", "job_title", "alert", "greeting", "formal_greeting", "addressee")
DAYS = ("deceased_on", "alert_until")
SWITCHES = ("deceased", "anonymous", "names_locked")
PLACE = ("line1", "line2", "city", "region", "postal_code", "country")


def said(form: dict[str, Any], name: str) -> str:
    return str(form.get(name) or "").strip()


def number(form: dict[str, Any], name: str) -> int | None:
    text = said(form, name)
    if not text:
        return None
    if not text.isdigit():
        raise Invalid(fields={"birth" if name in NUMBERS else name: f"“{text}” is not a number."})
    return int(text)


def day(form: dict[str, Any], name: str) -> date | None:
    text = said(form, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(fields={name: f"“{text}” is not a day."}) from None


def draft_of(form: dict[str, Any]) -> ConstituentDraft:
    """A new constituent from the form of `/people/new`."""
    place = {name: said(form, name) for name in PLACE}
    return ConstituentDraft(
        kind=form.get("kind", "person"),
        **{name: said(form, name) for name in WORDS[:9]},
        **{name: number(form, name) for name in NUMBERS},
        emails=[EmailDraft(address=said(form, "email"))] if said(form, "email") else [],
        phones=[PhoneDraft(number=said(form, "phone"))] if said(form, "phone") else [],
        addresses=[AddressDraft(**place)] if any(place[name] for name in PLACE[:5]) else [],
        hats=[HatDraft(hat=said(form, "hat"))] if said(form, "hat") else [],
        tags=[part.strip() for part in said(form, "tags").split(",") if part.strip()],
        source="Typed in",
    )


def changes_of(form: dict[str, Any]) -> dict[str, Any]:
    """Fields of the edit form as the record keeps them; fields the form does not have are left alone."""
    changes: dict[str, Any] = {name: said(form, name) for name in WORDS if name in form}
    changes |= {name: number(form, name) for name in NUMBERS if name in form}
    changes |= {name: day(form, name) for name in DAYS if name in form}
    changes |= {name: bool(form.get(name)) for name in SWITCHES if f"has_{name}" in form}
    if "owner_id" in form:
        changes["owner_id"] = number(form, "owner_id")
    return changes


def filters_of(narrow: dict[str, str]) -> Filters:
    """The filters as the address says them; what makes no sense is left out."""

    def whole(name: str) -> int | None:
        text = narrow.get(name, "")
        return int(text) if text.isdigit() else None

    ids = [int(part) for part in narrow.get("ids", "").split(",") if part.isdigit()][:5_000]
    return Filters(
        q=narrow.get("q", "")[:100], kind=narrow.get("kind", ""), hat_id=whole("hat"), tag_id=whole("tag"),
        owner_id=whole("owner"), reach=narrow.get("reach", ""), deceased=narrow.get("deceased", ""),
        trash=narrow.get("trash") == "yes", ids=ids or None,
    )  # fmt: skip
