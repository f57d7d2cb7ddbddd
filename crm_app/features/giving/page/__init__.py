"""Pages of giving."""

from crm_app.features.giving.page import batches, gift, gifts, overview, pledges, receipts, recurring, thanks

__all__ = ["batches", "gift", "gifts", "overview", "pledges", "receipts", "recurring", "thanks"]
