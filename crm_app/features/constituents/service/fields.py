"""Fields an organization adds itself: defined once, usable everywhere at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import select

from crm_app.core import bulk, history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import Constituent, CustomField, CustomValue
from crm_app.features.constituents.queries import about
from crm_app.features.constituents.schemas import CustomFieldDraft, CustomFieldRow, CustomValueRow

KINDS = ("text", "long_text", "number", "money", "date", "yes_no", "choice", "choices", "link", "person")
YES = {"yes", "y", "true", "1", "x", "ja", "oui", "si"}
NO = {"no", "n", "false", "0", "nein", "non"}
Columns = dict[str, Any]
EMPTY: Columns = {"text_value": None, "number_value": None, "date_value": None, "person_id": None}


class NotReadable(Invalid):
    """A value that does not fit its field."""


def define(work: Work, draft: CustomFieldDraft, field_id: int | None = None) -> int:
    work.require(Permission.SETTINGS_EDIT)
    if not draft.label:
        raise Invalid(fields={"label": "A field needs a name."})
    if draft.kind not in KINDS:
        raise Invalid(fields={"kind": "Choose what kind of field it is."})
    if draft.kind in ("choice", "choices") and not draft.options:
        raise Invalid(fields={"options": "Write the choices, one a line."})
    row = work.get(CustomField, field_id) if field_id else _new(work, draft)
    before = CustomFieldDraft.model_validate(row.model_dump(include=set(CustomFieldDraft.model_fields))).model_dump()
    if field_id and row.kind != draft.kind and about.counted(work.session, CustomValue.field_id).get(field_id):
        raise Invalid(fields={"kind": "People have values in this field; its kind cannot change any more."})
    for name, value in draft.model_dump().items():
        setattr(row, name, value)
    history.record(work, "custom_field", row.id, "edited", before=before, after=draft.model_dump())
    work.tell("settings", "people")
    return row.id


def _new(work: Work, draft: CustomFieldDraft) -> CustomField:
    known = set(work.session.execute(select(CustomField.code)).scalars())
    base = fold(draft.label).replace(" ", "_")[:40] or "field"
    code, number = base, 2
    while code in known:
        code, number = f"{base}_{number}", number + 1
    return work.add(CustomField(code=code, label=draft.label, position=len(known), created_at=work.now))


def retire(work: Work, field_id: int, retired: bool = True) -> None:
    work.require(Permission.SETTINGS_EDIT)
    row = work.get(CustomField, field_id)
    row.retired_at = work.now if retired else None
    history.record(work, "custom_field", field_id, "retired" if retired else "brought back")
    work.tell("settings", "people")


def defined(work: Work, retired: bool = False) -> list[CustomFieldRow]:
    filled = about.counted(work.session, CustomValue.field_id) if retired else {}
    return [
        CustomFieldRow(
            **row.model_dump(exclude={"created_at", "retired_at", "position"}),
            retired=row.retired_at is not None,
            filled=filled.get(row.id, 0),
        )
        for row in about.custom_fields(work.session, retired)
    ]


def columns(field: CustomField, value: Any) -> Columns:
    """The columns a value is kept in, by the kind of its field; raises NotReadable in plain words."""
    if value is None or value == "" or value == []:
        return dict(EMPTY)
    try:
        return EMPTY | _columns(field, value)
    except (ValueError, TypeError):
        raise NotReadable(fields={field.code: f"“{value}” does not fit {field.label} ({field.kind})."}) from None


def _columns(field: CustomField, value: Any) -> Columns:
    match field.kind:
        case "number":
            return {"number_value": float(str(value).replace(",", ""))}
        case "money":
            return {"number_value": round(float(str(value).replace(",", "").lstrip("$€£ ")) * 100)}
        case "date":
            return {"date_value": value if isinstance(value, date) else date.fromisoformat(str(value).strip())}
        case "yes_no":
            said = fold(str(value))
            if said not in YES | NO:
                raise ValueError
            return {"text_value": "yes" if said in YES else "no"}
        case "choice":
            return {"text_value": _choice(field, str(value))}
        case "choices":
            several = value if isinstance(value, list) else str(value).replace(";", "\n").split("\n")
            return {"text_value": "\n".join(_choice(field, one) for one in several if one.strip())}
        case "person":
            return {"person_id": int(value)}
        case _:
            return {"text_value": str(value).strip()}


def _choice(field: CustomField, value: str) -> str:
    for option in field.options:
        if fold(option) == fold(value):
            return option
    raise ValueError


def keep(work: Work, values: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Values of many new people, by code; codes that are not known are left out."""
    known = {field.code: field for field in about.custom_fields(work.session)}
    rows = [
        {"constituent_id": number, "field_id": known[code].id, **columns(known[code], value), "updated_at": work.now}
        for number, said in values
        for code, value in said.items()
        if code in known and value not in (None, "", [])
    ]
    bulk.insert(work.session, CustomValue, rows)


def set_value(work: Work, constituent_id: int, code: str, value: Any) -> None:
    work.require(Permission.PEOPLE_EDIT)
    work.get(Constituent, constituent_id)
    field = work.session.execute(select(CustomField).where(CustomField.code == code)).scalars().first()
    if field is None:
        raise Invalid(f"There is no field “{code}”.")
    new = columns(field, value)
    same = select(CustomValue).where(CustomValue.constituent_id == constituent_id, CustomValue.field_id == field.id)
    row = work.session.execute(same).scalars().first()
    before = shown(field, row)
    if row is None:
        row = CustomValue(constituent_id=constituent_id, field_id=field.id, updated_at=work.now)
    for name, part in new.items():
        setattr(row, name, part)
    row.updated_at = work.now
    work.add(row)
    after = {field.label: shown(field, row)}
    history.record(work, "constituent", constituent_id, "edited", before={field.label: before}, after=after)
    work.tell("people", f"person:{constituent_id}")


def shown(field: CustomField, value: CustomValue | None) -> str:
    if value is None:
        return ""
    if value.date_value:
        return f"{value.date_value:%-d %b %Y}"
    if value.number_value is not None:
        return f"{value.number_value / 100:,.2f}" if field.kind == "money" else f"{value.number_value:g}"
    if value.person_id:
        return f"#{value.person_id}"
    return (value.text_value or "").replace("\n", ", ")


def raw(field: CustomField, value: CustomValue | None) -> str:
    """As an input field wants it."""
    if value is None:
        return ""
    if value.date_value:
        return value.date_value.isoformat()
    if value.person_id:
        return str(value.person_id)
    return shown(field, value) if value.number_value is not None else value.text_value or ""


def values(work: Work, constituent_id: int, kind: str) -> list[CustomValueRow]:
    """Every field that applies to this kind, filled or not."""
    kept = about.custom_values(work.session, constituent_id)
    return [
        CustomValueRow(
            field_id=field.id,
            code=field.code,
            label=field.label,
            kind=field.kind,
            section=field.section,
            options=field.options,
            shown=shown(field, kept.get(field.id)),
            raw=raw(field, kept.get(field.id)),
        )
        for field in about.custom_fields(work.session)
        if not field.applies_to or kind in field.applies_to
    ]
