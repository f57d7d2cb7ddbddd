"""Every select of giving."""

from crm_app.features.giving.queries.gift import general_fund, live_receipt, near, organization, payments

__all__ = ["general_fund", "live_receipt", "near", "organization", "payments"]
