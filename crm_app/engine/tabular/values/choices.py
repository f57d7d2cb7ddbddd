"""The closed lists a file's words are mapped to, with the words that mean each value."""

GIFT_STATUS = {
    "received": ("completed", "complete", "paid", "posted", "closed won", "succeeded", "succeed", "success", "settled", "approved",
                 "captured", "cleared", "processed", "active", "paid out", "received", "won", "deposited", "accepted",
                 "abgeschlossen", "terminé", "partially refunded", "partial refund", "p", "live", "ok", "processed ok", "1", "done", "payment received"),
    "pending": ("pending", "in progress", "in process", "processing", "open", "pledged", "submitted", "authorized", "uncaptured", "requires action",
                "requires payment method", "requires capture", "incomplete", "on hold", "held", "awaiting payment", "n", "draft", "unpaid",
                "prospecting", "proposal", "qualification", "verbal commitment", "stewarding", "cultivation", "identification",
                "negotiation review", "needs analysis", "id decision makers", "perception analysis", "value proposition", "proposal price quote",
                "2", "5", "pending from incomplete transaction", "overdue", "future", "scheduled", "placed", "cleared payment pending", "under review"),
    "failed": ("failed", "declined", "denied", "rejected", "error", "blocked", "closed lost", "bounced", "chargeback", "disputed", "expired", "4",
               "returned", "nsf", "lost", "withdrawn", "failure", "unsuccessful", "dispute lost", "write off", "written off"),
    "cancelled": ("cancelled", "canceled", "void", "voided", "removed", "deleted", "3", "c", "reversed", "reverted", "terminated", "annulé", "storniert"),
    "refunded": ("refunded", "fully refunded", "refund", "7", "r", "credited", "charge refunded"),
}  # fmt: skip

METHOD = {
    "card": ("credit card", "card", "debit card", "visa", "mastercard", "master card", "amex", "american express", "discover", "credit", "debit",
             "cc", "stripe", "online credit card", "credit card payment", "diners", "jcb", "credit card online", "1", "2", "card_present", "square"),
    "check": ("check", "cheque", "ck", "chk", "personal check", "business check", "chq", "paper check", "cashiers check", "money order", "4", "bank draft"),
    "cash": ("cash", "currency", "coins", "ca", "3", "petty cash"),
    "bank_transfer": ("bank transfer", "wire", "wire transfer", "eft", "transfer", "bacs", "sepa transfer", "standing order", "direct deposit", "zelle",
                      "interac", "etransfer", "e transfer", "overweisung", "ideal", "5", "giro", "bank account", "us bank account", "pix"),
    "direct_debit": ("direct debit", "ach", "sepa debit", "sepa_debit", "echeck", "e check", "pad", "lastschrift", "ach debit", "ach transfer", "bank debit", "us_bank_account"),
    "paypal": ("paypal", "paypal giving fund", "pay pal", "venmo", "pp"),
    "wallet": ("apple pay", "google pay", "wallet", "link", "cash app", "applepay", "googlepay", "amazon pay"),
    "stock": ("stock", "securities", "stocks", "shares", "stock property", "mutual fund"),
    "in_kind": ("in kind", "gift in kind", "inkind", "goods", "services", "gik", "in kind donation", "property"),
    "payroll": ("payroll", "payroll deduction", "workplace giving", "payroll giving", "united way"),
    "crypto": ("crypto", "bitcoin", "cryptocurrency", "ethereum", "usdc"),
    "other": ("other", "unknown", "misc", "miscellaneous", "offline", "daf", "donor advised fund", "none", "n a", "not specified", "voucher", "charity voucher", "external", "manual"),
}  # fmt: skip

FREQUENCY = {
    "weekly": ("weekly", "week", "every week", "w"),
    "biweekly": ("biweekly", "every two weeks", "fortnightly", "every 2 weeks"),
    "monthly": ("monthly", "month", "every month", "m", "mo", "monatlich", "mensuel", "recurring monthly"),
    "quarterly": ("quarterly", "quarter", "every 3 months", "q"),
    "twice_yearly": ("semi annually", "semiannual", "twice a year", "biannually", "every 6 months", "half yearly"),
    "yearly": ("yearly", "annual", "annually", "year", "a", "every year", "jährlich", "annuel"),
    "once": ("once", "one time", "onetime", "single", "one off", "none", "no", "0", "1 time", "not recurring"),
}  # fmt: skip

KIND = {
    "person": ("individual", "person", "i", "ind", "in", "personal", "contact", "donor", "supporter", "natural person", "people"),
    "household": ("household", "family", "hh", "couple", "joint", "household account"),
    "organization": ("organization", "organisation", "org", "o", "company", "business", "corporation", "foundation", "group", "corporate", "church", "school", "co", "trust"),
}  # fmt: skip

ATTENDANCE = {
    "registered": ("attending", "registered", "confirmed", "approved", "going", "yes", "paid", "active", "completed", "accepted", "guest", "1", "booked", "valid"),
    "attended": ("checked in", "attended", "present", "arrived", "2", "scanned", "no walk in", "checkedin"),
    "no_show": ("no show", "noshow", "absent", "did not attend", "3", "missed"),
    "waitlisted": ("waitlist", "waitlisted", "on waitlist", "waiting list", "waiting", "on waiting list"),
    "cancelled": ("cancelled", "canceled", "not attending", "refunded", "deleted", "declined", "no", "not going", "4", "transferred", "void", "expired", "rejected"),
    "pending": ("pending", "pending approval", "invited", "maybe", "awaiting payment", "reserved", "unpaid", "pending from pay later", "awaiting offline payment"),
}  # fmt: skip

DIRECTION_TYPES = {
    "call": ("call", "phone call", "phone", "telephone", "voicemail", "phone outgoing"),
    "meeting": ("meeting", "visit", "lunch", "appointment", "in person", "event", "coffee"),
    "email": ("email", "e mail", "mail message", "inbound email", "bulk email"),
    "letter": ("letter", "mail", "mailing", "card", "print pdf letter", "thank you letter", "postcard"),
    "note": ("note", "other", "task", "text", "sms", "comment", "general", "survey", "activity"),
}  # fmt: skip

PREFERRED_EMAIL = {
    "home": ("personal", "home", "personal email"),
    "work": ("work", "business", "work email"),
    "other": ("alternate", "other"),
}
PREFERRED_PHONE = {
    "home": ("home", "home phone"),
    "work": ("work", "business", "work phone"),
    "mobile": ("mobile", "cell", "cell phone", "mobile phone"),
    "other": ("other", "alternate"),
}

LISTS = {
    "status": GIFT_STATUS,
    "method": METHOD,
    "frequency": FREQUENCY,
    "kind": KIND,
    "attendance": ATTENDANCE,
    "interaction": DIRECTION_TYPES,
    "preferred_email": PREFERRED_EMAIL,
    "preferred_phone": PREFERRED_PHONE,
}
