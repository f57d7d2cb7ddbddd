"""Salesforce: the NPSP import template, and the objects of an NPSP data export one by one."""

from crm_app.engine.tabular.formats.shape import Format, Rule, columns, needs

_ID = "sf_id|Id|ID"
_TEMPLATE = columns(
    prefix="Contact1 Salutation", first="Contact1 First Name", last="Contact1 Last Name", birth="Contact1 Birthdate", job_title="Contact1 Title", email_home="Contact1 Personal Email", email_work="Contact1 Work Email", email_other="Contact1 Alternate Email",
    preferred_email="Contact1 Preferred Email", phone_home="Contact1 Home Phone", phone_work="Contact1 Work Phone", phone_mobile="Contact1 Mobile Phone", phone_other="Contact1 Other Phone", preferred_phone="Contact1 Preferred Phone",
    p2_prefix="Contact2 Salutation", p2_first="Contact2 First Name", p2_last="Contact2 Last Name", p2_birth="Contact2 Birthdate", p2_job_title="Contact2 Title", p2_email_home="Contact2 Personal Email", p2_email_work="Contact2 Work Email", p2_email_other="Contact2 Alternate Email",
    p2_preferred_email="Contact2 Preferred Email", p2_phone_home="Contact2 Home Phone", p2_phone_work="Contact2 Work Phone", p2_phone_mobile="Contact2 Mobile Phone", p2_phone_other="Contact2 Other Phone", p2_preferred_phone="Contact2 Preferred Phone",
    org_name="Account1 Name", org_street="Account1 Street", org_city="Account1 City", org_state="Account1 State/Province", org_postal="Account1 Zip/Postal Code", org_country="Account1 Country", org_phone="Account1 Phone", org_website="Account1 Website",
    org2_name="Account2 Name", org2_street="Account2 Street", org2_city="Account2 City", org2_state="Account2 State/Province", org2_postal="Account2 Zip/Postal Code", org2_country="Account2 Country", org2_phone="Account2 Phone", org2_website="Account2 Website",
    street="Home Street", city="Home City", state="Home State/Province", postal="Home Zip/Postal Code", country="Home Country", soft_role="Donation Donor", amount="Donation Amount", gift_date="Donation Date", gift_note="Donation Description", gift_type="Donation Record Type Name", status="Donation Stage",
    membership="Donation Member Level", member_from="Donation Membership Start Date", member_until="Donation Membership End Date", campaign="Campaign Name", attendance="Campaign Member Status", check_number="Payment Check/Reference Number", method="Payment Method",
    ignore="Donation Imported|Payment Imported|Donation Membership Origin|Donation Name|Donation Type",
)  # fmt: skip
# The second header line of the template, for those who deleted the first.
_API = {f"npsp{header}c": meaning for header, meaning in _TEMPLATE.items()}

FORMATS = (
    Format("npsp.template", "Salesforce NPSP import template", "people", needs("Contact1 First Name|Contact1 Last Name|Contact2 Last Name", "Contact1 Last Name|Donation Amount", "Contact1 Last Name|Account1 Name", "NPSP__Contact1_Firstname__c|NPSP__Contact1_Lastname__c"), _TEMPLATE | _API, fixed={"currency": "USD"}),
    Format("salesforce.contact", "Salesforce contacts", "people", needs("sf_id|FirstName|LastName|MailingStreet", "FirstName|LastName|npe01__HomeEmail__c", "Id|FirstName|LastName|AccountId"),
           columns(external_id=_ID, first="FirstName", last="LastName", prefix="Salutation", birth="Birthdate", job_title="Title", no_phone="DoNotCall", gender="Gender__c", street="MailingStreet", city="MailingCity", state="MailingState", country="MailingCountry", postal="MailingPostalCode", no_email="HasOptedOutOfEmail",
                   email_other="npe01__AlternateEmail__c", email_home="npe01__HomeEmail__c", preferred_phone="npe01__PreferredPhone__c", preferred_email="npe01__Preferred_Email__c", address_type="npe01__Primary_Address_Type__c", email_work="npe01__WorkEmail__c", phone_work="npe01__WorkPhone__c", email="Email", phone_home="HomePhone", phone_mobile="MobilePhone", phone="Phone", phone_other="OtherPhone",
                   deceased="npsp__Deceased__c", no_bulk="npsp__Do_Not_Contact__c", household_id="account_id|AccountId", org_ref="npsp__primary_affiliation__c", note="Description", source="LeadSource"), others="ignore"),
    Format("salesforce.account", "Salesforce accounts", "people", needs("sf_id|Name|RecordTypeId|BillingStreet", "Name|npe01__SYSTEM_AccountType__c", "Id|Name|BillingStreet|BillingCity"),
           columns(external_id=_ID, org_name="Name", kind="npe01__SYSTEM_AccountType__c|Type", street="BillingStreet", city="BillingCity", state="BillingState", country="BillingCountry", postal="BillingPostalCode", formal_greeting="npo02__Formal_Greeting__c", informal_greeting="npo02__Informal_Greeting__c", phone="Phone|npo02__HouseholdPhone__c", website="Website", note="Description"),
           fixed={"kind": "organization"}, others="ignore"),
    Format("salesforce.opportunity", "Salesforce opportunities", "gifts", needs("sf_id|Name|CloseDate|StageName|Amount", "Id|CloseDate|StageName|Amount", "Name|CloseDate|StageName|npsp__primary_contact__c"),
           columns(gift_id=_ID, gift_date="CloseDate", status="StageName", gift_type="Type", amount="Amount", external_id="npsp__primary_contact__c|ContactId", org_ref="account_id|AccountId", campaign_ref="campaign_id|CampaignId", recurring_id="npe03__recurring_donation__c", thanked_on="npsp__Acknowledgment_Date__c", membership="npe01__Member_Level__c", member_from="npe01__Membership_Start_Date__c", member_until="npe01__Membership_End_Date__c", benefit="npsp__Fair_Market_Value__c", tribute_name="npsp__Honoree_Name__c", tribute_type="npsp__Tribute_Type__c", gift_note="Description|Name", in_kind="npsp__In_Kind_Description__c"),
           fixed={"currency": "USD"}, others="ignore"),
    Format("salesforce.payment", "Salesforce payments", "payments", needs("npe01__Payment_Amount__c|npe01__opportunity__c", "npe01__Paid__c|npe01__Payment_Date__c|npe01__Payment_Method__c"),
           columns(gift_id=_ID, gift_ref="npe01__opportunity__c", amount="npe01__Payment_Amount__c", gift_date="npe01__Payment_Date__c", method="npe01__Payment_Method__c", check_number="npe01__Check_Reference_Number__c", paid="npe01__Paid__c"),
           (Rule("npe01__Written_Off__c", r"true|1|yes", "skip", "The payment was written off."), Rule("npe01__Paid__c", r"true|1|yes", "skip", "The payment is only scheduled; no money arrived yet.", unless=True)), {"currency": "USD"}, others="ignore"),
    Format("salesforce.role", "Salesforce contact roles", "soft_credits", needs("Role|IsPrimary|contact_id|opportunity_id", "Role|ContactId|OpportunityId"),
           columns(external_id="contact_id|ContactId", gift_ref="opportunity_id|OpportunityId", soft_role="Role", ignore="sf_id|Id|IsPrimary"),
           (Rule("Role", r"donor", "skip", "The donor is already on the gift."),), others="ignore"),
    Format("salesforce.softcredit", "Salesforce partial soft credits", "soft_credits", needs("npsp__Amount__c|npsp__Role_Name__c|npsp__contact__c"),
           columns(external_id="npsp__contact__c", gift_ref="npsp__opportunity__c", soft_role="npsp__Role_Name__c", soft_amount="npsp__Amount__c"), fixed={"currency": "USD"}, others="ignore"),
    Format("salesforce.recurring", "Salesforce recurring donations", "recurring", needs("npe03__Amount__c|npe03__Installment_Period__c"),
           columns(recurring_id=_ID, recurring_amount="npe03__Amount__c", recurring_from="npe03__Date_Established__c", frequency="npe03__Installment_Period__c", external_id="npe03__contact__c", org_ref="npe03__organization__c", campaign_ref="npe03__recurring_donation_campaign__c"), fixed={"currency": "USD"}, others="ignore"),
    Format("salesforce.relationship", "Salesforce relationships", "relationships", needs("npe4__Type__c|npe4__contact__c|npe4__related_contact__c"),
           columns(external_id="npe4__contact__c", related_ref="npe4__related_contact__c", relation="npe4__Type__c", description="npe4__Description__c"), others="ignore"),
    Format("salesforce.affiliation", "Salesforce affiliations", "affiliations", needs("npe5__contact__c|npe5__organization__c"),
           columns(external_id="npe5__contact__c", org_ref="npe5__organization__c", job_title="npe5__Role__c", link_from="npe5__StartDate__c", link_until="npe5__EndDate__c", description="npe5__Description__c"), others="ignore"),
    Format("salesforce.address", "Salesforce addresses", "addresses", needs("npsp__MailingStreet__c|npsp__household_account__c"),
           columns(external_id="npsp__household_account__c", street="npsp__MailingStreet__c", street2="npsp__MailingStreet2__c", city="npsp__MailingCity__c", state="npsp__MailingState__c", postal="npsp__MailingPostalCode__c", country="npsp__MailingCountry__c", address_type="npsp__Address_Type__c", begins="npsp__Latest_Start_Date__c", ends="npsp__Latest_End_Date__c"), others="ignore"),
    Format("salesforce.allocation", "Salesforce allocations", "splits", needs("npsp__general_accounting_unit__c|npsp__opportunity__c"),
           columns(gift_ref="npsp__opportunity__c", fund_ref="npsp__general_accounting_unit__c", split_amount="npsp__Amount__c"), fixed={"currency": "USD"}, others="ignore"),
    Format("salesforce.campaign", "Salesforce campaigns", "campaigns", needs("sf_id|Name|IsActive|StartDate|EndDate|Type", "Id|Name|IsActive|StartDate|EndDate|Type"),
           columns(external_id=_ID, name="Name", begins="StartDate", ends="EndDate"), others="ignore"),
    Format("salesforce.member", "Salesforce campaign members", "responses", needs("Status|campaign_id|contact_id", "Status|CampaignId|ContactId"),
           columns(external_id="contact_id|ContactId", campaign_ref="campaign_id|CampaignId", subject="Status"), others="ignore"),
    Format("salesforce.fund", "Salesforce accounting units", "funds", needs("Name|npsp__Active__c|npsp__Total_Allocations__c", "Name|npsp__Active__c|npsp__Average_Allocation__c"),
           columns(external_id=_ID, name="Name", description="npsp__Description__c"), others="ignore"),
    Format("salesforce.level", "Salesforce levels", "nothing", needs("Name|npsp__Level_Field__c"), {}, refuse="This file holds Salesforce's rules for giving levels, not people or gifts."),
    Format("salesforce.plan", "Salesforce engagement plans", "nothing", needs("npsp__engagement_plan_template__c|npsp__Days_After__c", "Name|npsp__Automatically_Update_Child_Task_Due_Date__c"), {}, refuse="This file holds Salesforce's engagement plan templates, not people or gifts."),
)  # fmt: skip
