"""Mailing tools: Mailchimp, Action Network."""

from crm_app.engine.tabular.formats.shape import Format, columns, needs

_MAILCHIMP = columns(
    email="Email Address", first="First Name", last="Last Name", address_full="Address", phone="Phone Number|Phone|SMS Phone Number", birth="Birthday",
    optin_at="OPTIN_TIME", optin_ip="OPTIN_IP", confirm_at="CONFIRM_TIME", confirm_ip="CONFIRM_IP", note="NOTES", tags="TAGS", optout_at="UNSUB_TIME",
    optout_where="UNSUB_CAMPAIGN_TITLE", optout_reason="UNSUB_REASON", cleaned_at="CLEAN_TIME", external_id="EUID", employer="Company",
    ignore="MEMBER_RATING|LATITUDE|LONGITUDE|GMTOFF|DSTOFF|TIMEZONE|CC|REGION|LAST_CHANGED|LEID|UNSUB_CAMPAIGN_ID|UNSUB_REASON_OTHER|CLEAN_CAMPAIGN_TITLE|CLEAN_CAMPAIGN_ID",
)  # fmt: skip

FORMATS = (
    Format("mailchimp.unsubscribed", "Mailchimp, unsubscribed members", "people", needs("Email Address|MEMBER_RATING|UNSUB_TIME", "Email Address|LEID|EUID|UNSUB_TIME"), _MAILCHIMP, fixed={"subscription": "unsubscribed"}),
    Format("mailchimp.cleaned", "Mailchimp, cleaned members", "people", needs("Email Address|LEID|EUID|CLEAN_TIME"), _MAILCHIMP, fixed={"subscription": "cleaned"}),
    Format("mailchimp.nonsubscribed", "Mailchimp, contacts who never subscribed", "people", needs("Email Address|MEMBER_RATING|LEID|NONSUBSCRIBED_TIME"), _MAILCHIMP),
    Format("mailchimp", "Mailchimp, subscribed members", "people", needs("Email Address|MEMBER_RATING|OPTIN_TIME", "Email Address|LEID|EUID"), _MAILCHIMP, fixed={"subscription": "subscribed"}),
    Format(
        "actionnetwork", "Action Network activists", "people",
        needs("email|can2_user_tags", "email|can2_subscription_status", "email|can2_phone", "email|can2_user_address|can2_user_city", "email|first_name|last_name|uuid|can2_state_abbreviated"),
        columns(email="email", first="first_name", last="last_name", street="can2_user_address|address|street|Address", city="can2_user_city|city|City",
                state="can2_state_abbreviated|state|State", postal="zip_code|can2_zip_code|zip|postal_code", country="country|Country|can2_country",
                phone_mobile="can2_phone|phone|Phone|can2_sms_phone|mobile_number", tags="can2_user_tags|user_tags|tags", external_id="uuid", subscription="can2_subscription_status|subscription_status",
                sms_subscription="can2_sms_status", language="language|can2_language|language_spoken", optin_at="subscribed_at",
                ignore="can2_county|county|created_at|can2_user_created_at|can2_district|can2_state_senate_district|latitude|longitude|can2_user_latitude|can2_user_longitude"),
        others="guess",
    ),
)  # fmt: skip
