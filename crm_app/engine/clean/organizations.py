"""Names of organisations without the words that do not tell them apart."""

from crm_app.engine.clean.steps import PLAIN, Cleaner, Fold, Sub, Words

ABBREVIATIONS = {
    "assn": "association", "assoc": "association", "ctr": "center", "centre": "center", "dept": "department",
    "intl": "international", "natl": "national", "univ": "university", "uni": "university", "hosp": "hospital",
    "bros": "brothers", "comm": "community", "cmty": "community", "svcs": "services", "svc": "services",
    "service": "services", "mgmt": "management", "govt": "government", "inst": "institute", "lib": "library",
    "mfg": "manufacturing", "org": "organization", "organisation": "organization", "st": "saint", "mt": "mount",
    "fndn": "foundation", "fdn": "foundation", "stiftung": "foundation", "und": "", "and": "", "of": "", "for": "",
    "the": "", "a": "", "an": "", "in": "", "der": "", "die": "", "das": "", "fur": "",
}  # fmt: skip
LEGAL = dict.fromkeys(
    [
        "inc",
        "incorporated",
        "llc",
        "llp",
        "lp",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ggmbh",
        "ag",
        "ev",
        "ug",
        "kg",
        "ohg",
        "eg",
        "sa",
        "sarl",
        "sas",
        "srl",
        "spa",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "pty",
        "cic",
        "cio",
        "gug",
        "mbh",
    ],
    "",
)
PLACEHOLDERS = frozenset(("unknown", "none", "na", "n a", "null", "test", "self employed", "retired", "self"))

_JOIN = (Fold(), Sub(r"\be\. ?v\b\.?", "ev"), Sub("[&+]", " and "))
organization = Cleaner((*_JOIN, *PLAIN, Words({**ABBREVIATIONS, **LEGAL})), PLACEHOLDERS)
# When nothing is left ("The Company Inc"), the folded name is better than none.
organization_whole = Cleaner((*_JOIN, *PLAIN), PLACEHOLDERS)
