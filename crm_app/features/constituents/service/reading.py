"""Contact points as people type them, made ready to keep, or refused in plain words."""

import re
from datetime import date, datetime
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from crm_app.features.constituents.folding import digits, fold, words
from crm_app.features.constituents.schemas.drafts import AddressDraft, EmailDraft, PhoneDraft, WebsiteDraft

NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")
SIMPLE_EMAIL = re.compile(r"[a-z0-9._%+'-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,24}")
STREET_WORDS = {
    "street": "st", "road": "rd", "avenue": "ave", "drive": "dr", "lane": "ln", "boulevard": "blvd", "court": "ct",
    "place": "pl", "square": "sq", "north": "n", "south": "s", "east": "e", "west": "w", "apartment": "apt",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw", "strasse": "str",
}  # fmt: skip


def email_error(address: str) -> str:
    folded = address.strip().lower()
    if SIMPLE_EMAIL.fullmatch(folded) and ".." not in folded and not folded.startswith("."):
        return ""
    try:
        validate_email(folded, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return f"“{address}” does not look like an e-mail address."
    return ""


def email(draft: EmailDraft, now: datetime) -> dict[str, Any]:
    address = draft.address.strip()
    wrong = email_error(address)
    return {
        "address": address,
        "folded": address.lower(),
        "label": draft.label,
        "status": "invalid" if wrong else "ok",
        "status_reason": "Not a possible address" if wrong else "",
        "status_on": now.date() if wrong else None,
        "created_at": now,
        "updated_at": now,
    }


def phone_number(text: str, country: str) -> tuple[str, str, bool]:
    """E.164, the way people write it here, and whether it could be read."""
    if match := NORTH_AMERICAN.fullmatch(text):
        return text, "({}) {}-{}".format(*match.groups()), True
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return text.strip(), text.strip(), False
    if not phonenumbers.is_possible_number(number):
        return text.strip(), text.strip(), False
    home = phonenumbers.region_code_for_number(number) == country
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(number, style)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), shown, True


def phone(draft: PhoneDraft, country: str, now: datetime) -> dict[str, Any]:
    number, shown, readable = phone_number(draft.number, country)
    return {
        "number": number,
        "shown": shown,
        "extension": draft.extension,
        "label": draft.label,
        "takes_text": draft.takes_text,
        "status": "ok" if readable else "unreadable",
        "status_reason": "" if readable else "Could not be read as a phone number",
        "status_on": None if readable else now.date(),
        "created_at": now,
        "updated_at": now,
    }


def phone_error(text: str, country: str) -> str:
    return "" if phone_number(text, country)[2] else f"“{text}” does not look like a phone number."


def match_key(line1: str, postal_code: str) -> str:
    """Equal for the same door, however the street is written; empty when there is no street or no code."""
    street = [STREET_WORDS.get(word, word) for word in words(line1)]
    code = fold(postal_code).replace(" ", "")
    if digits(code) == code and len(code) == 9:
        code = code[:5]
    return " ".join([*street, code])[:120] if street and code else ""


def address(draft: AddressDraft, country: str, now: datetime) -> dict[str, Any]:
    return {
        **draft.model_dump(exclude={"primary"}),
        "country": (draft.country or country).upper()[:2],
        "match_key": match_key(draft.line1, draft.postal_code),
        "created_at": now,
        "updated_at": now,
    }


def website(draft: WebsiteDraft, now: datetime) -> dict[str, Any]:
    url = draft.url if re.match(r"https?://", draft.url, re.I) else f"https://{draft.url}"
    return {"url": url, "label": draft.label, "created_at": now, "updated_at": now}


def birth_error(year: int | None, month: int | None, day: int | None, today: date) -> str:
    """Any part may be missing; what is there must be possible."""
    if year is not None and not 1850 <= year <= today.year:
        return f"{year} cannot be a year of birth."
    if month is not None and not 1 <= month <= 12:
        return "A month is a number from 1 to 12."
    if day is not None and month is None:
        return "A day needs its month."
    try:
        if day is not None:
            date(year or 2000, month or 1, day)
    except ValueError:
        return "That day does not exist."
    return ""


def one_line(line1: str, line2: str, city: str, region: str, postal_code: str) -> str:
    place = " ".join(part for part in (region, postal_code) if part)
    return ", ".join(part for part in (line1, line2, city, place) if part)
