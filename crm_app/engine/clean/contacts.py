"""E-mail addresses and phone numbers in the form they are compared in."""

from crm_app.engine.clean.steps import Cleaner, Fold, Keep, Sub, Tail

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "msn.com",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "web.de",
        "t-online.de",
        "freenet.de",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "mail.com",
        "mail.ru",
        "yandex.ru",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "libero.it",
        "comcast.net",
        "verizon.net",
        "att.net",
        "sbcglobal.net",
        "btinternet.com",
        "yahoo.co.uk",
        "hotmail.co.uk",
        "example.com",
        "example.org",
    ]
)
_NO_MAIL = r"^(?:none|no|na|noemail|no-?reply|test|unknown|anonymous)@|@(?:none|noemail|test|invalid)\b"

email = Cleaner((Fold(), Sub(r"^\s*mailto:", ""), Sub(r"\s+", ""), Keep(r"^([^@]+@[^@]+\.[^@]+)$")), nothing=_NO_MAIL)
email_local = Cleaner((Keep(r"^([^@+]+)"),))
email_domain = Cleaner((Keep(r"@(.+)$"),))
email_letters = Cleaner((Keep(r"^([^@+]+)"), Sub(r"[^a-z]+", "")))

# Extension off, then digits; ten of them tell two numbers apart anywhere, seven when a code was left out.
phone = Cleaner(
    (Fold(), Sub(r"(?:ext|extn|x|#|durchwahl|poste)[. ]*\d+\s*$", ""), Sub(r"[^0-9]+", ""), Sub(r"^00", ""), Tail(10)),
    nothing=r"^(?:0+|1+|9+|.{0,5}|1234567890|\d{3}0000000|5555555)$",
)
phone_tail = Cleaner((Tail(7),), nothing="^.{0,5}$")

website = Cleaner((Fold(), Sub(r"^\s*(?:https?://)?(?:www\d?\.)?", ""), Keep(r"^([^/?#:\s]+\.[^/?#:\s]+)")))
