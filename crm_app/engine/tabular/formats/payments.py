"""Payment and giving platforms: ActBlue, PayPal, Stripe, CanadaHelps, Givebutter, Classy, HMRC's schedule."""

from crm_app.engine.tabular.formats.shape import Format, Rule, columns, needs

NOT_GIFTS = (
    r"(account )?hold.*|.*(withdrawal|bank deposit|transfer to bank|abbuchung).*|general (account )?(hold|adjustment).*"
    r"|.*currency conversion.*|.*(reversal of|release).*hold.*|.*fee( reversal)?|.*authori[sz]ation.*|.*reserve.*"
    r"|order|void.*|payment review.*|(bank deposit|general credit card (deposit|withdrawal)).*|request (sent|received).*"
)
_PAYPAL = columns(
    gift_date="Date|Datum", full="Name", status="Status", currency="Currency|Währung", amount="Gross|Brutto", fee="Fee|Fees|Gebühr|Entgelt",
    email="From Email Address|Absender E-Mail-Adresse", gift_id="Transaction ID|Transaktionscode", refund_of="Reference Txn ID|Zugehöriger Transaktionscode",
    street="Address Line 1|Adresszeile 1", street2="Address Line 2/District/Neighborhood|Address Line 2|Adresszusatz", city="Town/City|Ort",
    state="State/Province/Region/County/Territory/Prefecture/Republic", postal="Zip/Postal Code|PLZ", country="Country|Land", phone="Contact Phone Number|Telefon",
    gift_note="Note|Hinweis|Subject|Betreff", campaign="Item Title|Artikelbezeichnung", gift_type="Type|Description|Typ|Beschreibung", country_code="Country Code",
    ignore="Time|TimeZone|Time Zone|Uhrzeit|Zeitzone|Net|Netto|To Email Address|Shipping Address|Address Status|Item ID|Shipping and Handling Amount|Insurance Amount|Sales Tax|Option 1 Name|Option 1 Value|Option 2 Name|Option 2 Value|Invoice Number|Invoice ID|Custom Number|Quantity|Receipt ID|Balance|Balance Impact|Guthaben|Bank Name|Bank Account|Empfänger E-Mail-Adresse|Auswirkung auf Guthaben|Auction Site|Buyer ID|Item URL|Closing Date",
)  # fmt: skip
_PAYPAL_RULES = (
    *tuple(
        rule
        for column in ("Type", "Description", "Typ", "Beschreibung")
        for rule in (
            Rule(
                column, r".*(refund|rückzahlung|payment reversal|chargeback|rückbuchung|remboursement).*", "refund", ""
            ),
            Rule(column, NOT_GIFTS, "skip", "Money moved inside the PayPal account; it is not a gift."),
        )
    ),
    Rule("Balance Impact", r"memo", "skip", "PayPal lists it for information only; no money arrived."),
    Rule("Gross", r"[-−(].*", "skip", "Money went out; it is not a gift."),
    Rule("Brutto", r"[-−(].*", "skip", "Money went out; it is not a gift."),
)

FORMATS = (
    Format(
        "actblue", "ActBlue contributions", "gifts",
        needs("Receipt ID|Recipient|Fundraising Page|Donor Email", "Receipt ID|Amount|Donor First Name|Lineitem ID"),
        columns(ignore="Receipt ID|Recipient|Fundraising Partner|Reference Code 2|Recurring Total Months|New Express Signup|Employer Addr1|Employer Addr2|Employer City|Employer State|Employer ZIP|Employer Country|Donor ID|Check Date|Payment Date|Payment ID|Disbursement ID|Disbursement Date|Recovery ID|Recovery Date|Kind|Mobile|Paypal|Recurring Type|Recurring Pledged|Monthly Recurring Amount|Weekly Recurring Amount|Text Message Opt In|Apple Pay|Gift Declined|Gift Identifier|Recur Weekly|Donor US Passport Number|Custom Field 1 Label|Shipping Addr1|Shipping City|Shipping State|Shipping Zip|Shipping Country",
                gift_id="Lineitem ID", gift_date="Date", amount="Amount", recurring_number="Recurrence Number", campaign="Fundraising Page", appeal="Reference Code",
                first="Donor First Name", last="Donor Last Name", street="Donor Addr1", street2="Donor Addr2", city="Donor City", state="Donor State",
                postal="Donor ZIP", country="Donor Country", job_title="Donor Occupation", employer="Donor Employer", email="Donor Email",
                phone="Donor Phone", gift_note="Comments", check_number="Check Number", refund_id="Refund ID", refunded_on="Refund Date", fee="Fee", card_type="Card Type"),
        fixed={"currency": "USD", "status": "received"}, others="ignore",
    ),
    Format(
        "actblue.recurring", "ActBlue cancelled recurring", "recurring",
        needs("Receipt ID|Recurrence Amount|Cancelled On", "Receipt ID|Recurrence Frequency|Cancelation Reason"),
        columns(recurring_id="Receipt ID", recurring_amount="Recurrence Amount", frequency="Recurrence Frequency", recurring_from="Initial Contribution Date",
                recurring_until="Cancelled On", first="Donor First Name", last="Donor Last Name", street="Donor Address", city="Donor City", state="Donor State",
                postal="Donor ZIP", country="Donor Country", job_title="Donor Occupation", employer="Donor Employer", email="Donor Email", phone="Donor Phone",
                appeal="Reference Code", recurring_why="Cancelation Reason|Cancellation Reason", campaign="Contribution Form"),
        fixed={"currency": "USD"}, others="ignore",
    ),
    Format(
        "paypal.givingfund", "PayPal Giving Fund", "gifts",
        needs("Payout Date|Donation Date|Donor First Name|Program Name", "Donation Date|Donor Email|Reference Information|Gross Amount"),
        columns(gift_date="Donation Date", first="Donor First Name", last="Donor Last Name", email="Donor Email", appeal="Program Name", gift_note="Reference Information",
                currency="Currency Code", amount="Gross Amount", fee="Total Fees", gift_id="Transaction ID", ignore="Payout Date|Net Amount"),
        fixed={"method": "paypal", "status": "received"},
    ),
    Format("paypal", "PayPal activity", "gifts",
           needs("Date|Name|Type|Status|Gross|Transaction ID", "Datum|Name|Typ|Status|Brutto|Transaktionscode"),
           _PAYPAL, _PAYPAL_RULES, {"method": "paypal"}, others="ignore", dates="zone"),
    Format("paypal.statement", "PayPal statement", "gifts",
           needs("Date|Description|Gross|Transaction ID|From Email Address", "Datum|Beschreibung|Brutto|Transaktionscode", "Date|Description|Currency|Gross|Transaction ID|Reference Txn ID"),
           _PAYPAL, _PAYPAL_RULES, {"method": "paypal", "status": "received"}, others="ignore", dates="zone"),
    Format(
        "stripe", "Stripe payments", "gifts",
        needs("id|Created date (UTC)|Amount|Amount Refunded|Currency", "id|Created (UTC)|Amount|Amount Refunded|Currency", "id|Amount|Amount Refunded|Status|Customer Email"),
        columns(gift_id="id", gift_date="Created date (UTC)|Created (UTC)|Created", amount="Amount", refunded="Amount Refunded", currency="Currency", fee="Fee", gift_note="Description",
                method="Payment Source Type", status="Status", email="Customer Email|Card Address Email", fund="fund (metadata)", campaign="campaign (metadata)", full="Card Name|Customer Name|name (metadata)",
                refunded_on="Refunded date (UTC)", street="Card Address Line1|Shipping Address Line1", street2="Card Address Line2", city="Card Address City", state="Card Address State", postal="Card Address Zip",
                country="Card Address Country", card_type="Card Brand", appeal="appeal (metadata)", first="first_name (metadata)", last="last_name (metadata)",
                ignore="Captured|Converted Amount|Converted Amount Refunded|Converted Currency|Is Link|Mode|Taxes On Fee|Tax|Customer ID|Invoice ID|Transfer|Seller Message|Statement Descriptor|Card ID|Card Last4|Customer Description"),
        (Rule("Mode", r"test", "skip", "A payment made in Stripe's test mode."), Rule("Captured", r"false", "skip", "The card was checked but never charged.")),
        {"method": "card"}, others="custom",
    ),
    Format(
        "canadahelps", "CanadaHelps donations", "gifts",
        needs("DONATION DATE|TRANSACTION NUMBER|DONOR FIRST NAME", "Donor First Name|Donor Last Name|Transaction Number|Donor Email Address", "TRANSACTION NUMBER|DONOR EMAIL ADDRESS|AMOUNT"),
        columns(gift_date="DONATION DATE|Date|Transaction Date", gift_id="TRANSACTION NUMBER", first="DONOR FIRST NAME", last="DONOR LAST NAME", employer="DONOR COMPANY NAME|Donor Company|Donor Organization Name", email="DONOR EMAIL ADDRESS|Donor Email",
                street="DONOR ADDRESS 1|Donor Address", street2="DONOR ADDRESS 2", city="DONOR CITY", state="DONOR PROVINCE/STATE|Donor Province", postal="DONOR POSTAL/ZIP CODE|Donor Postal Code", country="DONOR COUNTRY",
                phone="DONOR PHONE NUMBER|Donor Phone", amount="AMOUNT|Donation Amount|Gross Amount", fee="FEE|FEES|Transaction Fee", fund="FUND|Designation|DESIGNATION", gift_note="MESSAGE TO CHARITY|Donor Message|Message",
                tribute_name="TRIBUTE NAME|Honouree Name|In Honour Of", tribute_type="DEDICATION TYPE|Tribute Type", anonymous="ANONYMOUS|Is Anonymous", frequency="DONATION TYPE|Frequency|Gift Frequency",
                method="PAYMENT METHOD", campaign="CAMPAIGN|Page Name|Donation Source|SOURCE"),
        fixed={"currency": "CAD", "status": "received"},
    ),
    Format(
        "givebutter", "Givebutter transactions", "gifts",
        needs("id|giving_space.amount|payout|status", "id|first_name|last_name|method|donated|payout", "Transaction ID|Fee Covered|Payout", "Reference Number|Campaign Title|First Name|Payout", "Transaction ID|Campaign Code|Donated|Payout"),
        columns(gift_id="id|Transaction ID|Reference Number", first="first_name|First Name", last="last_name|Last Name", email="email|Email", phone="phone|Phone", street="address.address_1|Address|Address 1",
                street2="address.address_2|Address 2", city="address.city|City", state="address.state|State", postal="address.zipcode|Zip|Zip Code", country="address.country|Country", status="status|Status", method="method|Method|Payment Method",
                amount="donated|Donated|Donation Amount", ignore="amount|payout|Amount|Payout|fee_covered|Fee Covered|team_id|member_id|transactions|source|giving_space.id|giving_space.amount|campaign_id|Campaign Code",
                fee="fee|Fee|Total Fee", currency="currency|Currency", gift_date="created_at|Transaction Date|Date|Date (UTC)", gift_note="giving_space.message|Message|Public Message", campaign="Campaign Title|Campaign", frequency="Frequency", employer="company|Company"),
        fixed={"currency": "USD"},
    ),
    Format(
        "classy", "Classy gifts", "gifts",
        needs("Transaction ID|Supporter Name|Gross Transaction Amount", "Transaction ID|Billing Email Address|Transaction Status", "Transaction ID|Supporter ID|Internal Campaign Name"),
        columns(gift_id="Transaction ID", gift_date="Transaction Date", full="Supporter Name|Billing Name", amount="Gross Transaction Amount|Donation Gross Amount", fee="Total Fees", email="Billing Email Address|Supporter Email Address",
                first="Billing First Name|Supporter First Name", last="Billing Last Name|Supporter Last Name",
                street="Billing Address|Billing Address 1", street2="Billing Address 2", city="Billing City", state="Billing State", postal="Billing Postal Code", country="Billing Country", phone="Billing Phone Number",
                anonymous="Donor is Anonymous", campaign="Internal Campaign Name", gift_note="Donor’s Comment|Donor's Comment", card_type="Credit Card Type", method="Payment Type", status="Transaction Status",
                fund="Program Designation", soft_name="Fundraising Page Name", appeal="Fundraising Team Name", currency="Currency|Charged Currency", employer="Company Name",
                ignore="Payment Processor Reference ID|Number of Tickets|Campaign ID|CC Exp Date|Payment Processor|Program Designation ID|Fundraiser First Name|Fundraiser Last Name|Fundraiser Supporter ID"),
        fixed={"currency": "USD"},
    ),
    Format(
        "hmrc", "HMRC Gift Aid schedule", "gifts",
        needs("Title|First name or initial|Last name|House name or number|Postcode|Amount", "First name or initial|Last name|Aggregated donations|Sponsored event"),
        columns(ignore="Item", prefix="Title", first="First name or initial|First name", last="Last name", street="House name or number", postal="Postcode", gift_note="Aggregated donations", appeal="Sponsored event", gift_date="Donation date", amount="Amount"),
        (Rule("Aggregated donations", r".+", "skip", "A sum of small gifts without donors; enter it as one cash gift."),),
        {"currency": "GBP", "status": "received", "gift_aid": "yes", "country": "United Kingdom"}, dates="dmy",
    ),
)  # fmt: skip
