"""CiviCRM: contacts, contributions, memberships, activities (participants are with the events)."""

from crm_app.engine.tabular.formats.shape import Format, Rule, columns, needs

_TEST = Rule("Test Mode", r"1|yes|true", "skip", "A test contribution.")

FORMATS = (
    Format(
        "civicrm.contributions", "CiviCRM contributions", "gifts",
        needs("Contribution ID|Contact ID|Financial Type ID", "Contribution ID|Contact ID|Total Amount", "Total Amount|Financial Type", "Amount|Pledge ID|Financial Type", "Total Amount|Contribution Date|Contribution Status"),
        columns(gift_id="Contribution ID", external_id="Contact ID|External identifier", gift_type="Financial Type ID|Financial Type", method="Payment Method ID|Payment Method", gift_date="Contribution Date|Receive Date|Receive date|Date Received",
                benefit="Non-deductible Amount", amount="Total Amount|Amount", fee="Fee Amount", currency="Currency", refunded_on="Cancelled / Refunded Date", receipt_on="Receipt Date", thanked_on="Thank-you Date", appeal="Contribution Source|Source",
                recurring_id="Recurring Contribution ID", status="Contribution Status ID|Contribution Status", check_number="Check Number", campaign="Campaign ID|Campaign", email="Contact email|Email|Email (match to contact)",
                soft_email="Soft credit email|Email - soft credit|Soft Credit to", soft_id="Soft Credit Ext ID|Soft credit contact ID", full="Display Name|Contact Name", first="First Name", last="Last Name", pledge_id="Pledge ID", gift_note="Note|Contribution Note", state="State",
                ignore="Contribution Page ID|Net Amount|Transaction ID|Invoice Reference|Invoice Number|Cancellation / Refund Reason|Amount Label|Is Pay Later|Test Mode|Address ID|Credit Note ID|Tax Amount|Blank column"),
        (_TEST,), {"status": "received"}, others="custom",
    ),
    Format(
        "civicrm.memberships", "CiviCRM memberships", "memberships",
        needs("Membership Type|Membership ID", "Membership Type|Start Date", "Membership Type|Member Since", "Membership Type|Contact ID"),
        columns(membership="Membership Type", membership_id="Membership ID", external_id="Contact ID|External Identifier", email="Email", member_from="Start date|Member Since|Join Date|Membership Start Date", member_until="End Date|Membership Expiration Date", source="Source|Membership Source", ignore="Ignore me|Internal Contact ID"),
        others="guess",
    ),
    Format(
        "civicrm.activities", "CiviCRM activities", "interactions",
        needs("Activity Date|Activity Type|Subject", "Activity Date|Activity Type|Activity Status", "Activity ID|Activity Type|Activity Date", "Activity Type|Subject|Details"),
        columns(interaction_date="Activity Date", interaction_status="Activity Status", email="Email (match to contact)|Target Email|Email", interaction="Activity Type", details="Details", duration="Duration", subject="Subject", external_id="Target Contact ID|Contact ID|External Identifier", full="Target Name|With Contact", ignore="Priority|Location|Blah|Activity ID|Source Name|Campaign"),
        others="ignore",
    ),
    Format(
        "civicrm", "CiviCRM contacts", "people",
        needs("Contact ID|Contact Type|Display Name", "Contact ID|Contact Type|Sort Name", "Internal Contact ID|First Name|Last Name", "Contact ID|Display Name|Do Not Email", "Contact ID|First Name|Last Name|Do Not Email", "Contact ID|Contact Type|First Name"),
        columns(external_id="Contact ID|Internal Contact ID|External Identifier", kind="Contact Type", full="Display Name", hat="Contact Subtype", no_email="Do Not Email", no_phone="Do Not Phone", no_mail="Do Not Mail", no_sms="Do Not Sms", no_bulk="No Bulk Emails (User Opt Out)|Opt Out", nickname="Nickname", first="First Name", middle="Middle Name", last="Last Name", prefix="Individual Prefix", suffix="Individual Suffix",
                job_title="Job Title", birth="Birth Date", deceased="Deceased|Deceased / Closed", deceased_on="Deceased Date|Deceased / Closed Date", household="Household Name", org_name="Organization Name", street="Street Address", street2="Supplemental Address 1", city="City", state="State|State/Province", postal="Postal Code", country="Country", phone="Phone", email="Email", employer="Current Employer", tags="Tag(s)|Group(s)", note="Note(s)",
                ignore="Sort Name|Legal Identifier|Image Url|Preferred Communication Method|Email Format|Preferred Mail Format|Communication Style|Email Greeting ID|Postal Greeting ID|Addressee ID|Legal Name|SIC Code|Unique ID (OpenID)|Deleted Contact|Contact is in Trash|Created Date|Modified Date|Geo Code 1|Geo Code 2|Latitude|Longitude"),
    ),
)  # fmt: skip
