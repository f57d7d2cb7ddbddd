"""Every select of giving."""

from crm_app.features.giving.queries.batch import batch_sums, batches, lines
from crm_app.features.giving.queries.gift import by_external, general_fund, live_receipt, near, organization, payments
from crm_app.features.giving.queries.person import credited_to, funds_of, gifts_of, household_of, soft_sum, sums
from crm_app.features.giving.queries.promise import (
    answered,
    drop_version,
    installments,
    pledge,
    pledge_payments,
    pledges,
    recurring,
    versions,
)
from crm_app.features.giving.queries.purpose import appeals, by_campaign, by_fund, campaigns, funds

__all__ = [
    "answered",
    "appeals",
    "batch_sums",
    "batches",
    "by_campaign",
    "by_external",
    "by_fund",
    "campaigns",
    "credited_to",
    "drop_version",
    "funds",
    "funds_of",
    "general_fund",
    "gifts_of",
    "household_of",
    "installments",
    "lines",
    "live_receipt",
    "near",
    "organization",
    "payments",
    "pledge",
    "pledge_payments",
    "pledges",
    "recurring",
    "soft_sum",
    "sums",
    "versions",
]
