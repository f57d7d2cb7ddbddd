"""Donor databases: DonorPerfect, Bloomerang, Neon, Raiser's Edge, Salsa."""

from crm_app.engine.tabular.formats.shape import Format, Rule, columns, needs

FORMATS = (
    Format(
        "donorperfect.gifts", "DonorPerfect gifts", "gifts",
        needs("gift_id|donor_id|record_type|gift_date|amount", "gift_id|donor_id|gift_date|gl_code"),
        columns(gift_id="gift_id", external_id="donor_id", gift_kind="record_type", gift_date="gift_date|Gift Date", amount="amount", fund="gl_code|General Ledger", appeal="solicit_code|Solicitation", campaign="campaign",
                method="gift_type|Type of Gift", check_number="reference", gift_note="gift_narrative", tribute_type="memory_honor", tribute_name="gflname", benefit="fmv", batch="batch_no",
                pledge_id="plink", anonymous="anongift", currency="currency", gift_aid="gift_aid_eligible_g", first="first_name", last="last_name", email="email", full="donor_name|name",
                ignore="total|balance|sub_solicit_code|split_gift|pledge_payment|transaction_id|gfname|ty_letter_no|glink|nocalc|receipt|gift_aid_date|gift_aid_amt|receipt_delivery_g"),
        fixed={"status": "received"}, others="ignore",
    ),
    Format(
        "donorperfect", "DonorPerfect donors", "people",
        needs("donor_id|first_name|last_name|donor_type", "donor_id|first_name|last_name|org_rec", "Donor ID|Donor Type|Salutation|Optional Line"),
        columns(external_id="donor_id|Donor ID", first="first_name", last="last_name|Last Name / Organization", middle="middle_name", suffix="suffix", prefix="title", informal_greeting="salutation", job_title="prof_title|Professional Title",
                employer="opt_line|Optional Line", street="address", street2="address2", city="city", state="state", postal="zip", country="country", address_type="address_type", phone_home="home_phone", phone_work="business_phone",
                phone_fax="fax_phone", phone_mobile="mobile_phone", email="email", org_flag="org_rec|Organization Record", hat="donor_type", no_mail="nomail|No Mail", note="narrative", restrictions="nomail_reason"),
    ),
    Format(
        "bloomerang.gifts", "Bloomerang transactions", "gifts",
        needs("Account Number|Transaction Number|Amount|Fund", "Account Number|Transaction Date|Amount|Appeal", "Account Number|Date|Amount|Method|Fund"),
        columns(external_id="Account Number", gift_id="Transaction Number", gift_date="Date|Transaction Date", amount="Amount|Transaction Amount", fund="Fund", campaign="Campaign", appeal="Appeal", method="Method",
                check_number="Check Number", gift_type="Type|Transaction Type", gift_note="Note", tribute_name="Tribute Name", tribute_type="Tribute Type", full="Name|Account Name", benefit="Non-Deductible Amount", batch="Batch Number", ignore="Check Date|Tribute Account Number"),
        (Rule("Type", r"pledge|recurring donation", "no_gift", "A promise; its payments are separate rows."),),
        fixed={"status": "received"},
    ),
    Format(
        "bloomerang", "Bloomerang constituents", "people",
        needs("Account Number|Account Status|First Name|Last Name", "Account Number|Informal Name|Formal Name|Envelope Name", "Account Number|Communication Restrictions|First Name", "Account Number|Constituent Type|Last Name|Formal Name"),
        columns(external_id="Account Number", birth="Birthdate", restrictions="Communication Restrictions", employer="Employer", formal_greeting="Envelope Name", first="First Name", last="Last Name", middle="Middle Name",
                gender="Gender", tags="Groups", household="Household Name", informal_greeting="Informal Name", job_title="Job Title", website="Website", kind="Type|Constituent Type|Account Type", prefix="Prefix|Title", suffix="Suffix",
                ignore="Account Status|Facebook Page|LinkedIn Page|Formal Name|Household Sort Name|Twitter Name|Full Name|Sort Name"),
    ),
    Format(
        "neon.gifts", "Neon CRM donations", "gifts",
        needs("Amount|Donation Date|Donation Status|Donation Type", "Donation ID|Account ID|Donation Amount|Donation Date", "Amount|Donation Date|Donor Name|Fund"),
        columns(amount="Amount|Donation Amount", batch="Batch Number", campaign="Campaign|Campaign Name", check_number="Check #", in_kind="Description of non-cash contribution", gift_date="Donation Date", status="Donation Status", gift_type="Donation Type",
                gift_note="Donor Note|Note", full="Donor Name|Full Name (F)|Account Name", benefit="Fair Market Value", fund="Fund", gift_id="Donation ID", external_id="Account ID", email="Email|Email 1|Donor Email", method="Tender Type|Tender|Payment Method",
                first="First Name", last="Last Name", employer="Company Name"),
        fixed={"currency": "USD"},
    ),
    Format(
        "neon", "Neon CRM accounts", "people",
        needs("Account ID|First Name|Last Name|Email 1", "Account ID|Account Type|First Name|Last Name|Phone 1 Full Number", "Account ID|Full Name (F)|Email 1"),
        columns(external_id="Account ID", first="First Name", last="Last Name", prefix="Prefix", suffix="Suffix", nickname="Preferred Name", full="Full Name (F)", email="Email 1", email_other="Email 2", phone="Phone 1 Full Number|Phone 1 Full Number (F)|Phone 1",
                street="Address Line 1|Full Street Address (F)", street2="Address Line 2", city="City", state="State/Province", postal="Zip Code|Full Zip Code (F)", country="Country", employer="Company Name", kind="Account Type", job_title="Job Title", no_bulk="Do Not Contact"),
    ),
    Format(
        "raisersedge", "Raiser's Edge constituents and gifts", "people",
        needs("CnBio_ID|CnBio_Last_Name", "CnBio_First_Name|CnBio_Last_Name", "Constituent ID|Key Indicator", "Constituent ID|Addressee|Salutation|Constituency Code", "Constituent ID|Title 1|First name|Last name", "Constituent Import ID|Constituent ID", "Constituent ID|First name|Surname|System record ID", "Gift System ID|Constituent ID|Gift Amount", "Gf_Date|Gf_Amount|CnBio_ID"),
        columns(external_id="CnBio_ID|Constituent ID|Lookup ID", prefix="CnBio_Title_1|Title 1|Title", first="CnBio_First_Name|First Name", middle="CnBio_Middle_Name|Middle Name", last="CnBio_Last_Name|Last Name|Surname", suffix="CnBio_Suffix_1|Suffix 1",
                nickname="CnBio_Nickname|Nickname", former="CnBio_Maiden_name|Maiden name", org_name="CnBio_Org_Name|Organization Name|Org name", full="CnBio_Name|Constituent Name|Name", birth="CnBio_Birth_date|Birthdate|Birth date", gender="CnBio_Gender|Gender", deceased="CnBio_Deceased|Deceased|Is deceased",
                kind="Key Indicator|CnBio_Key_Indicator|KeyInd|Constituent type", street="CnAdrPrf_Addrline1|Preferred Address Line 1|Address line 1|CnAdrPrf_Addr|Preferred Address Lines", street2="CnAdrPrf_Addrline2|Preferred Address Line 2|Address line 2", city="CnAdrPrf_City|Preferred City", state="CnAdrPrf_State|Preferred State|CnAdrPrf_County",
                postal="CnAdrPrf_ZIP|Preferred ZIP|Preferred Postcode|ZIP", country="CnAdrPrf_CntryLng|CnAdrPrf_Country|Preferred Country", phone="CnPh_1_01_Phone_number|Phone Number|Preferred Phone", email="CnPh_1_02_Phone_number|Email Number|E-mail|Preferred Email",
                informal_greeting="CnSal_1_01_Salutation|Primary Salutation|Salutation", formal_greeting="CnAdd_1_01_Addressee|Primary Addressee|Addressee", hat="CnCnstncy_1_01_CodeLong|Constituency Code|Constituent Code",
                p2_prefix="CnSpSpBio_Title_1|Spouse Title 1", p2_first="CnSpSpBio_First_Name|Spouse First Name", p2_last="CnSpSpBio_Last_Name|Spouse Last Name", employer="CnPrBs_Org_Name|Primary Business Name", job_title="CnPrBs_Position|Primary Business Position",
                gift_id="Gf_Gift_ID|Gift ID|Gift System ID|Gf_System_ID", gift_date="Gf_Date|Gift Date", amount="Gf_Amount|Gift Amount", gift_type="Gf_Type|Gift Type", fund="Gf_Fund|Fund ID|Fund Description|Gf_Fnds_1_01_Description", campaign="Gf_Campaign|Campaign ID", appeal="Gf_Appeal|Appeal ID",
                method="Gf_Pay_method|Pay Method|Payment Method", check_number="Gf_Check_number", gift_note="Gf_Reference|Reference", receipt_on="Gf_Receipt_date", ignore="CnBio_System_ID|Constituent Import ID|System record ID"),
        (Rule("Gf_Type", r"pledge|recurring gift|planned gift", "no_gift", "A promise; its payments are separate rows."), Rule("Gift Type", r"pledge|recurring gift|planned gift", "no_gift", "A promise; its payments are separate rows.")),
    ),
    Format(
        "salsa.gifts", "Salsa donations", "gifts",
        needs("donation_KEY|supporter_KEY|amount", "donation_KEY|Transaction_Date|RESULT", "Transaction ID|Transaction Date|Supporter ID|Activity Form Name", "Supporter ID|Transaction ID|Transaction Type|Amount", "Activity Form Name|Transaction Date|Donation Amount"),
        columns(gift_id="donation_KEY|Transaction ID", external_id="supporter_KEY|Supporter ID", gift_date="Transaction_Date|Transaction Date|Activity Date", amount="amount|Amount|Donation Amount|Transaction Amount", gift_type="Transaction_Type|Transaction Type", status="Status|Transaction Status",
                method="Form_Of_Payment|Payment Method|Tender Type|Gateway Type", appeal="Tracking_Code|Appeal", fund="Designation_Code|Fund", tribute_name="In_Honor_Name|Dedication", gift_note="Note", campaign="Activity Form Name|Campaign", first="First_Name|First Name", last="Last_Name|Last Name", email="Email", ignore="RESULT|Activity ID|Activity Type"),
        (Rule("RESULT", r"0", "skip", "The card was refused.", unless=True),), {"currency": "USD", "status": "received"},
    ),
    Format(
        "salsa", "Salsa supporters", "people",
        needs("supporter_KEY|First_Name|Last_Name|Email", "Supporter ID|First Name|Last Name|Email Status", "Supporter ID|First Name|Email|Cell Phone", "supporter_KEY|Email|Receive_Email"),
        columns(external_id="supporter_KEY|Supporter ID", prefix="Title", first="First_Name", middle="MI|Middle Name", last="Last_Name", suffix="Suffix", email="Email", subscription="Email Status|Receive_Email", phone_home="Phone|Home Phone", phone_mobile="Cell_Phone|Cell Phone", phone_work="Work_Phone|Work Phone",
                street="Street|Address Line 1|Address, Line 1", street2="Street_2|Address Line 2|Address, Line 2", city="City", state="State", postal="Zip|Zip Code", country="Country", employer="Organization", source="Source", birth="Date of Birth", ignore="Source_Details|Date_Created|External System ID"),
    ),
)  # fmt: skip
