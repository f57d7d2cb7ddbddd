"""Funds, campaigns and appeals: what gifts are for, and what they came to."""

import re
from typing import Any

from sqlmodel import select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.giving import queries
from crm_app.features.giving.models import Appeal, Campaign, Fund
from crm_app.features.giving.schemas import AppealRow, CampaignRow, FundRow


def list_funds(work: Work, summed: bool = False) -> list[FundRow]:
    sums = queries.by_fund(work.session) if summed else {}
    us = queries.organization(work.session)
    return [
        FundRow(
            **row.model_dump(include={"id", "name", "code", "restricted", "description"}),
            retired=row.retired_at is not None,
            total=sums.get(row.id, 0),
            shown=written(sums.get(row.id, 0), us.currency, us.locale) if summed else "",
        )
        for row in queries.funds(work.session)
    ]


def list_campaigns(work: Work, summed: bool = False) -> list[CampaignRow]:
    sums = queries.by_campaign(work.session) if summed else {}
    us = queries.organization(work.session)
    return [
        CampaignRow(
            **row.model_dump(include={"id", "name", "code", "starts_on", "ends_on", "goal"}),
            retired=row.retired_at is not None,
            total=sums.get(row.id, 0),
            shown=written(sums.get(row.id, 0), us.currency, us.locale) if summed else "",
        )
        for row in queries.campaigns(work.session)
    ]


def list_appeals(work: Work) -> list[AppealRow]:
    campaigns = {row.id: row.name for row in queries.campaigns(work.session)}
    return [
        AppealRow(
            **row.model_dump(include={"id", "name", "code", "campaign_id", "channel", "sent_on"}),
            campaign=campaigns.get(row.campaign_id or 0, ""),
            retired=row.retired_at is not None,
        )
        for row in queries.appeals(work.session)
    ]


def save_purpose(work: Work, table: type[Fund | Campaign | Appeal], row_id: int | None, **said: Any) -> int:
    """Add or change a fund, a campaign or an appeal; its code is made from its name, and never changes."""
    work.require(Permission.SETTINGS_EDIT)
    if not str(said.get("name", "")).strip():
        raise Invalid(fields={"name": "It needs a name."})
    row = work.get(table, row_id) if row_id else table(name="", code=_code(work, table, said), created_at=work.now)
    said.pop("code", None)
    before = row.model_dump(include=set(said))
    for name, value in said.items():
        setattr(row, name, value)
    work.add(row)
    history.record(work, table.__tablename__, row.id, "edited" if row_id else "added", before=before, after=said)
    work.tell("settings", "giving")
    return row.id


def _code(work: Work, table: type[Fund | Campaign | Appeal], said: dict[str, Any]) -> str:
    base = re.sub(r"\W+", "-", str(said.get("code") or said["name"]).lower()).strip("-")[:40] or "purpose"
    taken = set(work.session.execute(select(table.code)).scalars())
    return next(c for n in range(1, 10_000) if (c := base if n == 1 else f"{base}-{n}") not in taken)


def retire_purpose(work: Work, table: type[Fund | Campaign | Appeal], row_id: int, retired: bool = True) -> None:
    work.require(Permission.SETTINGS_EDIT)
    work.get(table, row_id).retired_at = work.now if retired else None
    history.record(work, table.__tablename__, row_id, "retired" if retired else "brought back")
    work.tell("settings", "giving")
