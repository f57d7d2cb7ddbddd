"""Every format we know by its file alone. A new one is a value in the file of its family."""

from crm_app.engine.tabular.formats import civicrm, databases, events, lists, mail, payments, salesforce
from crm_app.engine.tabular.formats.shape import Format, Rule

FAMILIES = (events, mail, payments, databases, salesforce, civicrm, lists)
FORMATS: dict[str, Format] = {form.key: form for family in FAMILIES for form in family.FORMATS}
PLAIN = Format("plain", "A list of your own", "people", (), {})

__all__ = ["FORMATS", "PLAIN", "Format", "Rule"]
