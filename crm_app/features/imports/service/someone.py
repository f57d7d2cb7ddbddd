"""One row of values as the people, households and organizations it speaks about."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale

from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.understand import Understood, day
from crm_app.engine.tabular.values import names
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.service.reading import match_key

NO_EMPLOYER = frozenset(
    [
        "none",
        "self",
        "retired",
        "unemployed",
        "student",
        "homemaker",
        "na",
        "n",
        "a",
        "not",
        "employed",
        "self",
        "employed",
        "selfemployed",
        "not",
        "applicable",
        "independent",
        "freelance",
        "volunteer",
        "various",
    ]
) | {"not employed", "self employed", "n a", "not applicable", "requested", "info requested"}
ALIASES = {"usa": "US", "u s a": "US", "u s": "US", "united states of america": "US", "uk": "GB", "u k": "GB", "england": "GB",
           "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB", "ivory coast": "CI", "cote divoire": "CI", "holland": "NL", "deutschland": "DE", "schweiz": "CH", "osterreich": "AT"}  # fmt: skip
WHOLE = re.compile(
    r"^(?P<line1>.+?)(?:\s{2,}|,\s*)(?P<city>[^,]+?)(?:\s+|,\s*)(?P<region>[A-Z]{2}),?\s+(?P<postal>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)"
    r"(?:,?\s+(?P<country>[A-Za-z .]{2,30}))?$"
)
SAID_YES = re.compile(
    r"^(subscribed|yes|y|true|1|active|opt(ed)?[ -]?in|opted_in|enabled|ok|granted|confirmed)\b", re.IGNORECASE
)
SAID_NO = re.compile(r"^(un-?subscribed|no|false|0|opt(ed)?[ -]?out|opted_out|inactive|unsub)", re.IGNORECASE)
RESTRICTIONS = (("call", "phone"), ("phone", "phone"), ("mail", "post"), ("letter", "post"), ("e-mail", "email"), ("email", "email"), ("text", "text"), ("sms", "text"), ("contact", "all"), ("solicit", "all"))  # fmt: skip


@dataclass(slots=True)
class Someone:
    """A person, household or organization of one row, not yet matched with anybody."""

    role: str = "one"
    kind: str = "person"
    facts: dict[str, Any] = field(default_factory=dict)
    emails: list[tuple[str, str, bool]] = field(default_factory=list)
    phones: list[tuple[str, str, str, bool]] = field(default_factory=list)
    address: dict[str, str] | None = None
    websites: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    hats: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    external: dict[str, str] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    """Numbers of records in the other system this one belongs to."""
    note: str = ""
    our_id: int = 0
    bounced: bool = False
    cleared: list[str] = field(default_factory=list)

    @property
    def first(self) -> str:
        return self.facts.get("first_name", "")

    @property
    def last(self) -> str:
        return self.facts.get("last_name", "")

    @property
    def name(self) -> str:
        return self.facts.get("name") or " ".join(part for part in (self.first, self.last) if part)

    @property
    def shown(self) -> str:
        return self.name or (self.emails[0][0] if self.emails else self.phones[0][0] if self.phones else "")

    def named(self) -> bool:
        return bool(self.facts.get("name") or self.first or self.last)

    def sort_key(self) -> str:
        """As `sort_name` of a kept record."""
        if self.kind == "person":
            return fold(f"{self.last} {self.first} {self.facts.get('middle_name', '')}")[:160]
        words = fold(self.facts.get("name", "")).split()
        return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)[:160]

    def door(self) -> str:
        return match_key(self.address.get("line1", ""), self.address.get("postal_code", "")) if self.address else ""


def people_of(row: Understood, mapping: Mapping, tag: str = "") -> list[Someone]:
    """Everybody a row names: the first is whom the row is about."""
    values = row.values
    found = _main(values, mapping)
    second = _second(values)
    organizations = _organizations(values, found)
    everyone = [*found, *([second] if second else []), *organizations]
    if everyone:
        _dress(everyone[0], row, mapping, tag)
    for other in everyone[1:]:
        if tag:
            other.tags.append(tag)
    _share_address(everyone, values, mapping)
    return everyone


def _main(values: dict[str, Any], mapping: Mapping) -> list[Someone]:
    kind = values.get("kind") or ("organization" if values.get("org_flag") else "")
    first, last, full = values.get("first", ""), values.get("last", ""), values.get("full", "")
    body = values.get("org_name") or (values.get("household") if kind == "household" else "") or ""
    if kind in ("organization", "household") and not first:
        name = body or full or last or values.get("employer", "")
        return [Someone("one", kind, {"name": name} if name else {})]
    if not (first or last) and full and not kind:
        if names.looks_like_organization(full):
            return [Someone("one", "organization", {"name": full})]
        if names.looks_like_household(full):
            return [Someone("one", "household", {"name": full})]
    if not (first or last or full or body or values.get("external_id")) and values.get("org_ref"):
        return [Someone("one", "organization", {}, external={mapping.form.tool: values["org_ref"]})]
    if not (first or last or full) and body and not values.get("p2_last"):
        return [Someone("one", "organization", {"name": body})]
    return _persons(values, first, last, full)


def _persons(values: dict[str, Any], first: str, last: str, full: str) -> list[Someone]:
    parts = {"prefix": values.get("prefix", ""), "first_name": first, "middle_name": values.get("middle", ""), "last_name": last, "suffix": values.get("suffix", "")}  # fmt: skip
    couple: list[names.Name] = []
    if full and not (first and last):
        couple = list(names.split(full))
        one = couple[0]
        for key, value in (("prefix", one.prefix), ("first_name", one.first), ("middle_name", one.middle), ("last_name", one.last), ("suffix", one.suffix)):  # fmt: skip
            parts[key] = parts[key] or value
    elif first and (" & " in first or " and " in first.casefold()):
        couple = list(names.split(f"{first} {last}"))
        parts["first_name"] = couple[0].first
    people = [Someone("one", "person", {key: value for key, value in parts.items() if value})]
    if len(couple) > 1 and (couple[1].first or couple[1].prefix):
        spouse = couple[1]
        facts = {"prefix": spouse.prefix, "first_name": spouse.first, "last_name": spouse.last or parts["last_name"]}
        people.append(Someone("two", "person", {key: value for key, value in facts.items() if value}))
    return people


def _second(values: dict[str, Any]) -> Someone | None:
    first, last, full = values.get("p2_first", ""), values.get("p2_last", ""), values.get("p2_full", "")
    if full and not (first or last):
        name = names.split(full)[0]
        first, last = name.first, name.last
    if not first and not (last and values.get("p2_prefix")):
        return None
    facts = {"prefix": values.get("p2_prefix", ""), "first_name": first, "last_name": last or values.get("last", ""), "job_title": values.get("p2_job_title", "")}  # fmt: skip
    someone = Someone("two", "person", {key: value for key, value in facts.items() if value})
    _born(someone, values.get("p2_birth"))
    someone.emails = _emails(values, "p2_")
    someone.phones = _phones(values, "p2_")
    return someone


def _organizations(values: dict[str, Any], found: list[Someone]) -> list[Someone]:
    made = []
    about_person = bool(found) and found[0].kind == "person"
    for role, key in (("org", "org_name"), ("org2", "org2_name")):
        name = values.get(key, "")
        if name and (about_person or role == "org2"):
            made.append(_organization(role, name, values, key.removesuffix("name")))
    employer = values.get("employer", "")
    if employer and about_person and fold(employer) not in NO_EMPLOYER and not made and found[0].named():
        made.append(_organization("employer", employer, values, "none_"))
    return made


def _organization(role: str, name: str, values: dict[str, Any], start: str) -> Someone:
    someone = Someone(role, "organization", {"name": name})
    someone.address = _address(values, start)
    if phone := values.get(f"{start}phone"):
        someone.phones = [(*phone, "work", False)]
    if site := values.get(f"{start}website"):
        someone.websites = [site]
    return someone


def _dress(main: Someone, row: Understood, mapping: Mapping, tag: str) -> None:
    """What the columns say about the one whom the row is about."""
    values = row.values
    plain = {"nickname": "nickname", "pronouns": "pronouns", "gender": "gender", "language": "language", "job_title": "job_title", "source": "source"}  # fmt: skip
    for meaning, name in plain.items():
        if values.get(meaning) and (main.kind == "person" or meaning in ("language", "source")):
            main.facts[name] = values[meaning]
    if values.get("former"):
        main.facts["former"] = values["former"]
    if main.kind == "person":
        _born(main, values.get("birth"))
    if values.get("deceased") or values.get("deceased_on"):
        main.facts["deceased"] = True
        if died := day(values.get("deceased_on")):
            main.facts["deceased_on"] = died
    main.emails, main.phones = _emails(values, ""), _phones(values, "")
    main.websites = [values["website"]] if values.get("website") else []
    main.tags = [*values.get("tags", []), *([tag] if tag else [])]
    main.hats = [{"hat": hat} for hat in values.get("hat", [])]
    main.note, main.our_id = values.get("note", ""), values.get("our_id", 0)
    if values.get("external_id") and not main.external:
        main.external[mapping.form.tool] = values["external_id"]
    main.custom, main.cleared = dict(row.kept), row.cleared
    for meaning in ("household_id", "org_ref"):
        if values.get(meaning) and meaning not in main.external:
            main.refs[meaning] = values[meaning]
    main.consents = _consents(values, mapping)
    main.bounced = values.get("subscription") == "cleaned" or bool(values.get("cleaned_at"))


def _born(someone: Someone, parts: tuple[int | None, ...] | None) -> None:
    for name, value in zip(("birth_year", "birth_month", "birth_day"), parts or (), strict=False):
        if value:
            someone.facts[name] = value


def _emails(values: dict[str, Any], start: str) -> list[tuple[str, str, bool]]:
    preferred = values.get(f"{start}preferred_email", "")
    labels = {"email": "home", "email_home": "home", "email_work": "work", "email_other": "other"}
    found: dict[str, tuple[str, str, bool]] = {}
    for meaning, label in labels.items():
        for address in values.get(start + meaning) or []:
            found.setdefault(address.lower(), (address, label, bool(preferred) and meaning == f"email_{preferred}"))
    return list(found.values())


def _phones(values: dict[str, Any], start: str) -> list[tuple[str, str, str, bool]]:
    preferred = values.get(f"{start}preferred_phone", "")
    labels = {"phone_mobile": "mobile", "phone": "mobile", "phone_home": "home", "phone_work": "work", "phone_other": "other", "phone_fax": "fax"}  # fmt: skip
    found: dict[str, tuple[str, str, str, bool]] = {}
    for meaning, label in labels.items():
        if pair := values.get(start + meaning):
            wanted = bool(preferred) and meaning == f"phone_{preferred}"
            found.setdefault(pair[1] or pair[0], (pair[0], pair[1], label, wanted))
    return list(found.values())


def _address(values: dict[str, Any], start: str = "") -> dict[str, str] | None:
    parts = {"line1": "street", "line2": "street2", "city": "city", "region": "state", "postal_code": "postal"}
    found = {name: values[start + meaning] for name, meaning in parts.items() if values.get(start + meaning)}
    whole = values.get(f"{start}address_full", "")
    if not found and whole:
        match = WHOLE.match(whole.strip())
        found = {"line1": match["line1"].strip(), "city": match["city"].strip(), "region": match["region"], "postal_code": match["postal"]} if match else {"line1": whole}  # fmt: skip
        if match and match["country"]:
            found["country"] = country_code(match["country"])
    if not found:
        return None
    country = values.get(f"{start}country_code") or values.get(f"{start}country", "")
    if country:
        found["country"] = country_code(country)
    label = fold(values.get(f"{start}address_type", "")) if not start else "work"
    found["label"] = label if label in ("home", "work", "other") else "home" if not start else "work"
    return found


@lru_cache(maxsize=2_000)
def country_code(text: str) -> str:
    """Two letters for a country written in English or as a code; empty where we do not know it."""
    if len(text.strip()) == 2 and text.strip().isalpha():
        return text.strip().upper().replace("UK", "GB")
    return ALIASES.get(fold(text)) or _countries().get(fold(text), "")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found = {}
    for language in ("en", "de", "fr", "es"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(fold(str(name)), code)
    return found


def _share_address(everyone: list[Someone], values: dict[str, Any], mapping: Mapping) -> None:
    address = _address(values)
    if not address or not everyone:
        return
    everyone[0].address = address
    for other in everyone[1:]:
        if other.role == "two" and address.get("label") != "work":
            other.address = dict(address)


def _consents(values: dict[str, Any], mapping: Mapping) -> list[dict[str, Any]]:
    source = mapping.form.name
    said: list[dict[str, Any]] = []
    for meaning, channel in (("no_email", "email"), ("no_bulk", "email"), ("no_mail", "post"), ("no_phone", "phone"), ("no_sms", "text")):  # fmt: skip
        if values.get(meaning):
            said.append({"channel": channel, "purpose": "all", "state": "refused", "source": source})
    for words in values.get("restrictions", []):
        channel = next((channel for word, channel in RESTRICTIONS if word in words.casefold()), "")
        if channel:
            said.append({"channel": channel, "purpose": "all", "state": "refused", "source": source, "wording": words})
    said += _subscription(values, source)
    if values.get("sms_subscription"):
        yes = SAID_YES.match(str(values["sms_subscription"]))
        if yes or SAID_NO.match(str(values["sms_subscription"])):
            said.append(
                {"channel": "text", "purpose": "news", "state": "granted" if yes else "withdrawn", "source": source}
            )
    unlike = {(one["channel"], one["purpose"], one["state"]): one for one in said}
    return list(unlike.values())


def _subscription(values: dict[str, Any], source: str) -> list[dict[str, Any]]:
    """Mailing tools say when and from where somebody said yes: that is the evidence."""
    word = str(values.get("subscription", ""))
    if values.get("optout_at") or SAID_NO.match(word):
        why = [
            values.get("optout_reason", ""),
            f"left after “{values['optout_where']}”" if values.get("optout_where") else "",
        ]
        return [{"channel": "email", "purpose": "all", "state": "withdrawn", "source": source, "captured_at": in_utc(values.get("optout_at")), "evidence": "; ".join(part for part in why if part)}]  # fmt: skip
    proof = []
    for at, ip, words in (("optin_at", "optin_ip", "Opted in"), ("confirm_at", "confirm_ip", "confirmed")):
        if values.get(at):
            proof.append(f"{words} {values[at]:%Y-%m-%d %H:%M} UTC" + (f" from {values[ip]}" if values.get(ip) else ""))
    if not proof and not SAID_YES.match(word):
        return []
    at = in_utc(values.get("confirm_at") or values.get("optin_at"))
    return [{"channel": "email", "purpose": "news", "state": "granted", "source": source, "captured_at": at, "evidence": "; ".join(proof)}]  # fmt: skip


def in_utc(value: Any) -> datetime | None:
    """Moments without a zone are taken as UTC: that is how these tools write them."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None
