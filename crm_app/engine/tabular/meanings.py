"""Everything a column can mean, in one place: the vocabulary of mappings, and the header words that suggest each."""

from dataclasses import dataclass

from crm_app.engine.tabular.header import key, normal


@dataclass(frozen=True, slots=True)
class Meaning:
    """KIND says how a cell is read: text, name, email, phone, date, birth, amount, yes, tags, number, or a list's name."""

    key: str
    label: str
    kind: str
    group: str
    words: tuple[str, ...] = ()


def _m(key: str, label: str, kind: str, group: str, words: str = "") -> Meaning:
    return Meaning(key, label, kind, group, tuple(normal(word) for word in words.split(",") if word.strip()))


IGNORE = "ignore"
CUSTOM = "custom"
TAG_IF_YES = "tag"
ANSWER = "answer"

_PERSON = (
    _m("prefix", "Title (Ms., Dr.)", "text", "Person", "prefix,salutation,name prefix,honorific,title 1,individual prefix,titel,anrede,courtesy title"),
    _m("first", "First name", "name", "Person", "first name,firstname,first,given name,forename,fname,vorname,prénom,prenom,donor first name,billing first name,contact first name,attendee first name,supporter first name,first name or initial,attendee name given name,legal first name,player first name,nombre"),
    _m("middle", "Middle name", "name", "Person", "middle name,middle,middlename,mi,middle initial"),
    _m("last", "Last name", "name", "Person", "last name,lastname,last,surname,family name,lname,nachname,nom,donor last name,billing last name,contact last name,attendee last name,supporter last name,attendee name family name,legal last name,player last name,apellido,apellidos"),
    _m("suffix", "Suffix", "text", "Person", "suffix,name suffix,suffix 1,individual suffix"),
    _m("nickname", "Known as", "name", "Person", "nickname,nick name,preferred name,known as,goes by,informal name"),
    _m("full", "Full name", "full", "Person", "name,full name,your name,your full name,donor name,contact name,supporter name,attendee name,customer name,display name,person,guest name,member name,cardholder name,card name,attendee,volunteer name,ticket holder,participant name,participant,sort name,formal name"),
    _m("former", "Former name", "name", "Person", "former name,maiden name,née,nee,birth name,previous name"),
    _m("pronouns", "Pronouns", "text", "Person", "pronouns"),
    _m("gender", "Gender", "text", "Person", "gender,sex,gender c"),
    _m("birth", "Birth date", "birth", "Person", "birthdate,birth date,birthday,date of birth,dob,b day,geburtsdatum,geburtstag,date de naissance"),
    _m("deceased", "Deceased", "yes", "Person", "deceased,is deceased"),
    _m("deceased_on", "Date of death", "date", "Person", "deceased date,date of death,deceased on"),
    _m("kind", "Person, household or organization", "kind", "Person", "contact type,account type,constituent type,type of constituent,ind org,record type,individual organization,key indicator"),
    _m("org_flag", "Is an organization", "yes", "Person", "is organization,org rec,is company"),
    _m("our_id", "Our own number", "number", "Person", "our id,commonplace id"),
    _m("external_id", "Number in the other system", "text", "Person", "id,external identifier,external id,constituent id,contact id,donor id,supporter id,account number,account id,supporter key,person id,member id,customer id,euid,uuid,contact number,id number,sf id,crm id,constituent import id,vanid,van id,cn bio id,external contact id"),
    _m("email", "E-mail", "email", "Contact", "email,e mail,email address,e mail address,mail,donor email,billing email,billing email address,contact email,primary email,email 1,customer email,from email address,attendee email,emailadresse,courriel,adresse email,correo electrónico,donor email address,email match to contact,buyer email,order email,supporter email,preferred email address,your email,username"),
    _m("email_home", "Personal e-mail", "email", "Contact", "personal email,home email,personal email address"),
    _m("email_work", "Work e-mail", "email", "Contact", "work email,business email,office email"),
    _m("email_other", "Another e-mail", "email", "Contact", "alternate email,other email,secondary email,email 2,second email,alternative email"),
    _m("preferred_email", "Which e-mail is preferred", "preferred_email", "Contact", "preferred email"),
    _m("phone", "Phone", "phone", "Contact", "phone,phone number,telephone,tel,telephone number,phone 1,primary phone,contact phone number,contact phone,donor phone,donor phone number,billing phone number,billing phone,telefon,téléphone,teléfono,phone no,daytime phone,preferred phone number"),
    _m("phone_home", "Home phone", "phone", "Contact", "home phone,home telephone,home phone number,phone home"),
    _m("phone_work", "Work phone", "phone", "Contact", "work phone,business phone,office phone,work phone number,phone work"),
    _m("phone_mobile", "Mobile phone", "phone", "Contact", "mobile phone,mobile,cell phone,cell,cell phone number,mobile phone number,mobile number,can 2 phone,handy"),
    _m("phone_other", "Another phone", "phone", "Contact", "other phone,alternate phone,phone 2,secondary phone"),
    _m("phone_fax", "Fax", "phone", "Contact", "fax,fax phone,fax number"),
    _m("preferred_phone", "Which phone is preferred", "preferred_phone", "Contact", "preferred phone"),
    _m("website", "Website", "text", "Contact", "website,web site,url,homepage,web address,web,website url"),
    _m("employer", "Employer", "text", "Work", "employer,company,company name,organization,organisation,organization name,organisation name,donor employer,workplace,business name,attendee company,donor company,donor company name,firma,current employer,affiliation,employer name,org,account name"),
    _m("job_title", "Job title", "text", "Work", "job title,title,position,occupation,donor occupation,role,profession,prof title,job"),
    _m("informal_greeting", "Informal greeting", "text", "Person", "informal greeting,greeting,email greeting,dear"),
    _m("formal_greeting", "Formal greeting", "text", "Person", "formal greeting,addressee,envelope name,postal greeting,envelope salutation"),
    _m("language", "Language", "text", "Person", "language,preferred language,locale,sprache,langue"),
    _m("tags", "Tags", "tags", "Person", "tags,tag,labels,groups,group names,categories,user tags,can 2 user tags,interests,keywords,tags s"),
    _m("hat", "Role with us (donor, volunteer)", "tags", "Person", "constituent code,constituency code,contact subtype,donor type,constituency,constituent codes"),
    _m("note", "Note", "text", "Person", "note,notes,comment,comments,remarks,narrative,description,memo,bemerkung,bemerkungen,remarque"),
    _m("source", "Where they came from", "text", "Person", "source,contact source,lead source,how did you hear about us,referral,origin"),
    _m("owner", "Who looks after them", "text", "Person", "owner,assigned to,relationship manager,contact owner,solicitor"),
)  # fmt: skip
_ADDRESS = (
    _m("street", "Street", "text", "Address", "street,street address,address,address 1,address line 1,address 1 street,addr 1,street 1,mailing street,home street,home address 1,donor addr 1,donor address,donor address 1,billing address,billing address 1,mailing address,mailing address 1,strasse,straße,rue,adresse,addresse,address line one,shipping address line 1,postal address,street line 1,addressline 1,dirección,house name or number,house number and street"),
    _m("street2", "Street, second line", "text", "Address", "street 2,address 2,address line 2,addr 2,mailing street 2,home address 2,donor addr 2,donor address 2,billing address 2,apartment,apt,unit,supplemental address 1,address line two,address line 2 district neighborhood,address 1 street 2,addressline 2"),
    _m("city", "City", "text", "Address", "city,town,town city,mailing city,home city,donor city,billing city,ort,stadt,ville,locality,address 1 city,post town,suburb,city town,municipality,ciudad"),
    _m("state", "State, province or county", "text", "Address", "state,state province,province,county,region,mailing state,home state,donor state,billing state,home state province,state province region county territory prefecture republic,mailing state province,bundesland,donor province state,county of residence,address 1 state,state abbreviation,can 2 state abbreviated,state region,prov"),
    _m("postal", "Postal code", "text", "Address", "zip,zip code,postal code,postcode,post code,zip postal code,mailing zip postal code,mailing postal code,home zip,home postcode,home zip postal code,donor zip,billing postal code,billing zip,plz,code postal,donor postal zip code,address 1 zip,zipcode,eircode,address zip,zip postcode,código postal"),
    _m("country", "Country", "text", "Address", "country,mailing country,home country,donor country,billing country,land,pays,country name,address 1 country,nation,país"),
    _m("country_code", "Country (two letters)", "text", "Address", "country code,cc"),
    _m("address_type", "Kind of address", "text", "Address", "address type,location type,type of address,primary address type"),
    _m("address_full", "Whole address in one cell", "text", "Address", "full address,complete address,address full"),
    _m("org_street", "Organization: street", "text", "Organization", "employer addr 1,company address,organization address,employer address,work street,work address"),
    _m("org_street2", "Organization: second line", "text", "Organization", "employer addr 2"),
    _m("org_city", "Organization: city", "text", "Organization", "employer city,work city"),
    _m("org_state", "Organization: state", "text", "Organization", "employer state,work state"),
    _m("org_postal", "Organization: postal code", "text", "Organization", "employer zip,work zip,work postal code"),
    _m("org_country", "Organization: country", "text", "Organization", "employer country,work country"),
    _m("org_phone", "Organization: phone", "phone", "Organization", "company phone,organization phone"),
    _m("org_website", "Organization: website", "text", "Organization", "company website,organization website"),
    _m("org_name", "Organization", "text", "Organization"),
    _m("org2_name", "Second organization", "text", "Organization"),
    _m("org2_street", "Second organization: street", "text", "Organization"),
    _m("org2_city", "Second organization: city", "text", "Organization"),
    _m("org2_state", "Second organization: state", "text", "Organization"),
    _m("org2_postal", "Second organization: postal code", "text", "Organization"),
    _m("org2_country", "Second organization: country", "text", "Organization"),
    _m("org2_phone", "Second organization: phone", "phone", "Organization"),
    _m("org2_website", "Second organization: website", "text", "Organization"),
)  # fmt: skip
_HOUSEHOLD = (
    _m("household", "Household name", "text", "Household", "household,household name,family,family name of household,household account name"),
    _m("household_id", "Household number", "text", "Household", "household id,family id,household key"),
    _m("p2_prefix", "Second person: title", "text", "Household", "spouse title,partner title,spouse prefix,cn sp sp bio title 1"),
    _m("p2_first", "Second person: first name", "name", "Household", "spouse first name,spouse first,partner first name,first name 2,second first name,cn sp sp bio first name,spouse firstname"),
    _m("p2_last", "Second person: last name", "name", "Household", "spouse last name,spouse last,partner last name,last name 2,second last name,cn sp sp bio last name,spouse surname"),
    _m("p2_full", "Second person: full name", "full", "Household", "spouse,spouse name,partner,partner name,spouse partner,second person"),
    _m("p2_birth", "Second person: birth date", "birth", "Household", "spouse birthdate,spouse birth date,spouse birthday"),
    _m("p2_email", "Second person: e-mail", "email", "Household", "spouse email,partner email,spouse email address"),
    _m("p2_email_home", "Second person: personal e-mail", "email", "Household"),
    _m("p2_email_work", "Second person: work e-mail", "email", "Household"),
    _m("p2_email_other", "Second person: another e-mail", "email", "Household"),
    _m("p2_preferred_email", "Second person: which e-mail is preferred", "preferred_email", "Household"),
    _m("p2_phone", "Second person: phone", "phone", "Household", "spouse phone,partner phone"),
    _m("p2_phone_home", "Second person: home phone", "phone", "Household"),
    _m("p2_phone_work", "Second person: work phone", "phone", "Household"),
    _m("p2_phone_mobile", "Second person: mobile phone", "phone", "Household", "spouse mobile,spouse cell"),
    _m("p2_phone_other", "Second person: another phone", "phone", "Household"),
    _m("p2_preferred_phone", "Second person: which phone is preferred", "preferred_phone", "Household"),
    _m("p2_job_title", "Second person: job title", "text", "Household"),
)  # fmt: skip
_CONSENT = (
    _m("optin_at", "Opted in at", "date", "Consent", "optin time,opt in time,opted in,subscribed at,opt in date,subscribe date,date subscribed,consent date,optin date"),
    _m("optin_ip", "Opted in from (IP)", "text", "Consent", "optin ip,opt in ip,consent ip"),
    _m("confirm_at", "Confirmed at", "date", "Consent", "confirm time"),
    _m("confirm_ip", "Confirmed from (IP)", "text", "Consent", "confirm ip"),
    _m("optout_at", "Unsubscribed at", "date", "Consent", "unsub time,unsubscribed at,opt out date,date unsubscribed"),
    _m("optout_reason", "Why they unsubscribed", "text", "Consent", "unsub reason,unsubscribe reason"),
    _m("optout_where", "Mailing they left from", "text", "Consent", "unsub campaign title"),
    _m("cleaned_at", "E-mail stopped working at", "date", "Consent", "clean time"),
    _m("subscription", "E-mail subscription", "text", "Consent", "subscription status,email status,can 2 subscription status,email opt in,newsletter,email subscription status,email marketing status,marketing permission,newsletter subscriber,receive email,subscribed,accepts email"),
    _m("sms_subscription", "Text message subscription", "text", "Consent", "can 2 sms status,sms status,text message opt in,sms opt in"),
    _m("no_email", "Do not e-mail", "yes", "Consent", "do not email,no email,has opted out of email,email opt out,requests no email,noemail"),
    _m("no_bulk", "No mass mailings", "yes", "Consent", "opt out,no bulk email,no bulk emails user opt out,is opt out,optout,unsubscribed,global opt out"),
    _m("no_mail", "Do not send letters", "yes", "Consent", "do not mail,nomail,no mail,do not send mail,mail opt out"),
    _m("no_phone", "Do not call", "yes", "Consent", "do not call,do not phone,do not phone call,nophone,no phone"),
    _m("no_sms", "Do not text", "yes", "Consent", "do not sms,do not text,no sms"),
    _m("restrictions", "Communication restrictions", "tags", "Consent", "communication restrictions,solicit codes,contact restrictions"),
)  # fmt: skip
_GIFT = (
    _m("gift_id", "Gift number in the other system", "text", "Gift", "transaction id,transaction number,receipt id,gift id,donation id,payment id,charge id,contribution id,txn id,order id,transaction,confirmation number,gf gift id,gift import id,lineitem id,donation key,reference number,invoice id"),
    _m("amount", "Amount", "amount", "Gift", "amount,gift amount,donation amount,total amount,gross,gross amount,donation,total paid,gross transaction amount,contribution amount,amount paid,payment amount,betrag,montant,gf amount,total gross,amount given,donation total,payment total,total donation,importe,gift total"),
    _m("gift_date", "Gift date", "date", "Gift", "date,gift date,donation date,contribution date,transaction date,payment date,receive date,received date,date received,created,created utc,created date utc,close date,gf date,datum,date of gift,date given,deposit date,donated at,transaction date time,payment date utc,settlement date,date of donation,fecha"),
    _m("currency", "Currency", "text", "Gift", "currency,currency code,gift currency,währung,devise,fee currency"),
    _m("fee", "Fee", "amount", "Gift", "fee,fees,fee amount,fees paid,total fees,transaction fee,processing fee,eventbrite fees,platform fee"),
    _m("net", "Net amount", "amount", "Gift", "net,net amount,payout,net total"),
    _m("refunded", "Amount refunded", "amount", "Gift", "amount refunded,refunded amount,refund amount,total refunded,refunded"),
    _m("refunded_on", "Refunded on", "date", "Gift", "refund date,refunded date,cancelled refunded date,date refunded"),
    _m("refund_of", "Refund of transaction", "text", "Gift", "reference txn id,refund of,original transaction id,parent transaction id"),
    _m("refund_id", "Refund number", "text", "Gift", "refund id"),
    _m("status", "Gift status", "status", "Gift", "status,donation status,payment status,transaction status,contribution status,contribution status id,stage,stage name,donation stage,gift status"),
    _m("method", "Payment method", "method", "Gift", "payment method,payment type,method,payment source type,pay method,form of payment,tender type,gf pay method,payment method id,credit card type,tender,payment instrument,payment means,zahlungsart,paid by,how paid"),
    _m("card_type", "Card type", "text", "Gift", "card type,card brand"),
    _m("check_number", "Check number", "text", "Gift", "check number,check no,cheque number,check reference number,payment check reference number,check,check num,check number 1"),
    _m("gift_type", "Gift type", "text", "Gift", "gift type,donation type,transaction type,financial type,financial type id,type,gf type,donation record type name,contribution type"),
    _m("gift_kind", "Gift, pledge or payment (G, P, M)", "text", "Gift"),
    _m("fund", "Fund", "text", "Gift", "fund,designation,gl code,fund name,program designation,fund designation,gf fund,allocation,program name,fund metadata,program,general accounting unit,purpose,fund description,designated to,restriction"),
    _m("campaign", "Campaign", "text", "Gift", "campaign,campaign name,internal campaign name,campaign title,gf campaign,campaign metadata,source campaign,fundraising page,fundraising page name,campaign id,contribution form,contribution page id"),
    _m("appeal", "Appeal", "text", "Gift", "appeal,solicit code,reference code,appeal name,gf appeal,tracking code,solicitation,appeal code,package"),
    _m("tribute_type", "In honor or in memory", "text", "Gift", "tribute type,memory honor,dedication type,honor memorial,tribute"),
    _m("tribute_name", "In honor or memory of", "text", "Gift", "honoree name,tribute name,in honor of,in memory of,in honor name,honoree,dedicated to,in memory of name,memorial name,in honour of,tributee"),
    _m("gift_note", "Note on the gift", "text", "Gift", "donation description,gift note,donor note,donors comment,donor comment,gift narrative,note on gift,message,donation comment,message to charity,gf reference,special instructions,donor comments"),
    _m("anonymous", "Anonymous", "yes", "Gift", "anonymous,donor is anonymous,anongift,is anonymous,anonymous gift,hide name,donation anonymous"),
    _m("benefit", "Value of what the donor received", "amount", "Gift", "fair market value,fmv,non deductible amount,benefit value,nondeductible,non tax deductible amount,advantage amount"),
    _m("receipt_on", "Receipt sent on", "date", "Gift", "receipt date,receipted on,date receipted,tax receipt date"),
    _m("thanked_on", "Thanked on", "date", "Gift", "thank you date,acknowledgment date,acknowledged on,thanked,acknowledgement date"),
    _m("batch", "Batch", "text", "Gift", "batch,batch number,batch no,batch name,deposit number"),
    _m("gift_aid", "Gift Aid", "yes", "Gift", "gift aid,gift aid eligible,giftaid,gift aid eligible g"),
    _m("soft_email", "Soft credit: e-mail", "email", "Gift", "soft credit email,email soft credit"),
    _m("soft_id", "Soft credit: number", "text", "Gift", "soft credit ext id,soft credit contact id,soft credit id,soft credit external identifier"),
    _m("soft_name", "Soft credit: name", "text", "Gift", "soft credit,soft credit name,soft credit to,fundraiser,soft credited to"),
    _m("recurring_id", "Recurring gift number", "text", "Gift", "recurring contribution id,subscription id,plan id,recurring id,recurring donation id,recurring plan id,recurring profile id"),
    _m("frequency", "How often", "frequency", "Gift", "recurrence frequency,recurring period,frequency,installment period,recurring frequency,recurring type,gift frequency,installment frequency,interval"),
    _m("recurring_number", "Number in the series", "text", "Gift", "recurrence number"),
    _m("pledge_id", "Pledge number", "text", "Gift", "pledge id,plink,pledge number"),
    _m("in_kind", "What was given in kind", "text", "Gift", "description of non cash contribution,in kind description,in kind description of gift"),
    _m("recurring_amount", "Recurring amount", "amount", "Recurring", "recurrence amount,recurring amount,monthly recurring amount"),
    _m("recurring_from", "Recurring since", "date", "Recurring", "initial contribution date,date established,recurring start date,recurring since"),
    _m("recurring_until", "Recurring cancelled on", "date", "Recurring", "cancelled on,canceled on,cancellation date,recurring end date"),
    _m("recurring_why", "Why it was cancelled", "text", "Recurring", "cancelation reason,cancellation reason,reason for cancellation"),
)  # fmt: skip
_DOINGS = (
    _m("event", "Event", "text", "Event", "event,event name,event title,activity name"),
    _m("event_id", "Event number", "text", "Event", "event id,event slug"),
    _m("event_date", "Event date", "date", "Event", "event date,event start,event start date,date attending"),
    _m("ticket", "Ticket", "text", "Event", "ticket type,ticket name,product,ticket,fee level,ticket title,price tier,registration type,ticket tier"),
    _m("ticket_id", "Ticket number", "text", "Event", "attendee number,barcode number,barcode,ticket id,position id,participant id,attendee id,public id,ticket secret,secret,api id,guest api id"),
    _m("order_id", "Order", "text", "Event", "order number,order no,order code,order id number,order"),
    _m("attendance", "Attendance", "attendance", "Event", "attendee status,participant status,approval status,rsvp,rsvp status,attendance,check in status,member status,are you coming,will you attend,registration status,participant status id"),
    _m("checked_in_at", "Checked in at", "date", "Event", "checked in at,checked in,check in time,checkin time,check in date"),
    _m("registered_at", "Registered on", "date", "Event", "order date,register date,registration date,registered on,timestamp,signed up at,created at,submitted at,rsvp date,submission date,date registered"),
    _m("quantity", "Number of places", "number", "Event", "quantity,qty,number of tickets,how many guests,guests,number of guests,plus ones,party size,places"),
    _m("table", "Table or group", "text", "Event", "group,table,table number,seat name,seat,table name"),
    _m("event_role", "Role at the event", "text", "Event", "participant role,attendee role,participant role id"),
    _m(ANSWER, "Answer to a question", "text", "Event"),
    _m("membership", "Membership", "text", "Membership", "membership type,membership level,membership,donation member level,member level,membership name"),
    _m("member_from", "Member since", "date", "Membership", "membership start date,donation membership start date,member since,join date,membership start"),
    _m("member_until", "Member until", "date", "Membership", "membership end date,donation membership end date,membership expiration date,renewal date,membership end,membership expires"),
    _m("membership_id", "Membership number", "text", "Membership", "membership id,membership number"),
    _m("interaction", "Kind of contact", "interaction", "Interaction", "activity type,interaction type,contact method,action type"),
    _m("interaction_date", "Date of contact", "date", "Interaction", "activity date,interaction date,contact date,action date,date of contact"),
    _m("subject", "Subject", "text", "Interaction", "subject,activity subject"),
    _m("details", "Details", "text", "Interaction", "details,activity details,body,summary"),
    _m("duration", "Minutes", "number", "Interaction", "duration,minutes"),
    _m("interaction_status", "Status of the contact", "text", "Interaction", "activity status"),
)  # fmt: skip
_LINKS = (
    _m("gift_ref", "Belongs to gift (number)", "text", "Links"),
    _m("soft_amount", "Soft credit: amount", "amount", "Links"),
    _m("soft_role", "Who gave, or role of the soft credit", "text", "Links"),
    _m("split_amount", "Fund share: amount", "amount", "Links"),
    _m("fund_ref", "Fund (number in the other system)", "text", "Links"),
    _m("campaign_ref", "Campaign (number in the other system)", "text", "Links"),
    _m("org_ref", "Organization (number in the other system)", "text", "Links"),
    _m("related_ref", "Related person (number)", "text", "Links"),
    _m("relation", "Relationship", "text", "Links", "relationship type,relationship"),
    _m("link_from", "Since", "date", "Links"),
    _m("link_until", "Until", "date", "Links"),
    _m("name", "Name of the thing", "text", "Links"),
    _m("begins", "Begins", "date", "Links"),
    _m("ends", "Ends", "date", "Links"),
    _m("paid", "Was paid", "yes", "Links"),
    _m("ticket_paid", "Paid for the ticket", "amount", "Event"),
    _m("description", "Description", "text", "Links"),
)  # fmt: skip
_FREE = (
    _m(CUSTOM, "Keep as a field of its own", "text", "Other"),
    _m(TAG_IF_YES, "A tag for those who say yes", "yes", "Other"),
    _m(IGNORE, "Leave out", "text", "Other"),
)

MEANINGS: dict[str, Meaning] = {
    meaning.key: meaning for meaning in (*_PERSON, *_ADDRESS, *_HOUSEHOLD, *_CONSENT, *_GIFT, *_DOINGS, *_LINKS, *_FREE)
}
BY_WORD: dict[str, str] = {key(word): meaning.key for meaning in MEANINGS.values() for word in meaning.words}
