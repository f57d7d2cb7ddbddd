"""Address cards, and lists that belong to no tool."""

from crm_app.engine.tabular.formats.shape import Format, columns, needs

FORMATS = (
    Format(
        "vcard", "Address cards (vCard)", "people",
        needs("UID|Full name|First name|Last name|Organization|Birthday|Kind"),
        columns(external_id="UID", full="Full name", prefix="Prefix", first="First name", middle="Middle name", last="Last name", suffix="Suffix", nickname="Nickname", email="Email", email_work="Work email", phone_mobile="Mobile phone",
                phone_home="Home phone", phone_work="Work phone", street="Street", city="City", state="State", postal="Postal code", country="Country", employer="Organization", job_title="Job title", birth="Birthday", website="Website", tags="Tags", note="Notes", kind="Kind"),
    ),
    Format(
        "google.contacts", "Google Contacts", "people",
        needs("First Name|Last Name|E-mail 1 - Value", "Given Name|Family Name|E-mail 1 - Value", "Name|Given Name|Family Name|Group Membership"),
        columns(first="First Name|Given Name", middle="Middle Name|Additional Name", last="Last Name|Family Name", prefix="Name Prefix", suffix="Name Suffix", nickname="Nickname", employer="Organization Name|Organization 1 - Name", job_title="Organization Title|Organization 1 - Title", birth="Birthday", note="Notes",
                tags="Labels|Group Membership", email="E-mail 1 - Value", email_other="E-mail 2 - Value", phone="Phone 1 - Value", phone_other="Phone 2 - Value", street="Address 1 - Street", city="Address 1 - City", state="Address 1 - Region", postal="Address 1 - Postal Code", country="Address 1 - Country", website="Website 1 - Value", full="Name"),
        others="ignore",
    ),
)  # fmt: skip
