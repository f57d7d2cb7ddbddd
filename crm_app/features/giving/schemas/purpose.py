"""Funds, campaigns and appeals as they are listed."""

from datetime import date

from pydantic import BaseModel


class FundRow(BaseModel):
    id: int
    name: str
    code: str
    restricted: bool = False
    description: str = ""
    retired: bool = False
    total: int = 0
    shown: str = ""


class CampaignRow(BaseModel):
    id: int
    name: str
    code: str
    starts_on: date | None = None
    ends_on: date | None = None
    goal: int | None = None
    retired: bool = False
    total: int = 0
    shown: str = ""


class AppealRow(BaseModel):
    id: int
    name: str
    code: str
    campaign_id: int | None = None
    campaign: str = ""
    channel: str = ""
    sent_on: date | None = None
    retired: bool = False
