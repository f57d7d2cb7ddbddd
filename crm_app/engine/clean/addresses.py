"""Streets, places and postcodes in one spelling, the house number apart."""

from crm_app.engine.clean.steps import FOLDED, PLAIN, Cleaner, Fold, Keep, Sub, Trim, Words

STREET = {
    "street": "st", "strasse": "str", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "blv": "blvd",
    "drive": "dr", "lane": "ln", "court": "ct", "place": "pl", "square": "sq", "terrace": "ter", "tce": "ter",
    "crescent": "cres", "circuit": "cct", "circle": "cir", "highway": "hwy", "parkway": "pkwy", "close": "cl",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "saint": "st", "mount": "mt", "fort": "ft", "plaza": "plz", "trail": "trl", "way": "wy",
    "platz": "pl", "and": "", "the": "", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th",
    "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
PLACEHOLDERS = frozenset(("unknown", "none", "na", "n a", "null", "test", "no address", "homeless", "address", "x"))
_UNIT = r"[ ,]+(?:#|(?:apt|apartment|unit|suite|ste|flat|room|rm|floor|fl|wohnung|top)\b)[. #]*\w+\s*$"


class _Joined(Sub):
    """'Hauptstrasse' is 'Hauptstr': the one rule with a group, which the two engines write differently."""

    def value(self, text: str) -> str:
        return self._compiled.sub(r"\1str", text)


_NEARBY = r"[ ,]+(?:between|betw|bet|near|off|at|opposite|corner of)\b.*$"
_LINE = (Fold(), Sub(_NEARBY, ""), Sub(_UNIT, ""), *FOLDED, _Joined(r"(\w)strasse\b", "${1}str"), Words(STREET))
_NUMBER = r"^(\d+[a-z]?)\b"
_NUMBER_LAST = r" (\d+ ?[a-z]?)$"

_WITHOUT_NUMBER = (Sub(_NUMBER, ""), Sub(_NUMBER_LAST, ""), Trim())
_FIRST, _LAST = (Keep(_NUMBER),), (Keep(_NUMBER_LAST), Sub(" ", ""))

line = Cleaner(_LINE, PLACEHOLDERS)
house_first = Cleaner((*_LINE, *_FIRST))
house_last = Cleaner((*_LINE, *_LAST))
street = Cleaner((*_LINE, *_WITHOUT_NUMBER), PLACEHOLDERS)
# The same from a clean line, for columns: cleaning a million lines once is enough.
house_first_of_line, house_last_of_line, street_of_line = Cleaner(_FIRST), Cleaner(_LAST), Cleaner(_WITHOUT_NUMBER)
unit = Cleaner((Fold(), Keep(r"[ ,]+(?:#|(?:apt|apartment|unit|suite|ste|flat|room|rm|wohnung|top)\b)[. #]*(\w+)\s*$")))
city = Cleaner((*PLAIN, Words({"saint": "st", "mount": "mt", "fort": "ft"})), PLACEHOLDERS)
region = Cleaner(PLAIN, PLACEHOLDERS)
# Five digits of a US ZIP+4; any other postcode whole, without its blanks.
zip_code = Cleaner((Fold(), Sub(r"[^a-z0-9-]+", ""), Sub(r"-\d{4}$", ""), Sub("-", "")), nothing=r"^0+$")
