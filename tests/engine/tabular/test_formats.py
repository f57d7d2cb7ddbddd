"""Every tool's file is known by its header alone, with nothing to map by hand."""

from pathlib import Path

import pytest

from crm_app.engine.tabular import kept, reader, recognise, understand
from crm_app.engine.tabular.formats import FORMATS
from crm_app.engine.tabular.mapping import Mapping, propose_mapping
from crm_app.engine.tabular.meanings import MEANINGS
from crm_app.engine.tabular.shape import Reading, Unreadable

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
NAMED = {
    "actblue_cancelled_recurring": "actblue.recurring", "actblue_paid_contributions": "actblue", "bloomerang_import_constituents_partial": "bloomerang",
    "civicrm_contribution_export": "civicrm.contributions", "civicrm_participant_export": "civicrm.participants", "classy_gift_report_columns": "classy", "donorperfect_dp": "donorperfect",
    "donorperfect_dpgift": "donorperfect.gifts", "eventbrite_attendees_uk": "eventbrite", "eventbrite_attendees_us": "eventbrite", "google_forms_rsvp": "googleforms", "hmrc_gift_aid_schedule": "hmrc",
    "mailchimp_subscribed_members_export": "mailchimp", "mailchimp_unsubscribed_members_export": "mailchimp.unsubscribed", "neoncrm_donation_import_partial": "neon.gifts", "npsp_data_import_template": "npsp.template",
    "paypal_activity": "paypal", "paypal_giving_fund": "paypal.givingfund", "pretix_checkin_list": "pretix.checkin", "pretix_checkin_log": "pretix.log", "pretix_order_positions": "pretix.positions", "stripe_payments_unified": "stripe",
}  # fmt: skip
HEADERS = {
    "luma": "api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,amount,currency,ticket_name",
    "hievents.attendees": "ID,First Name,Last Name,Email,Status,Is Checked In,Checked In At,Ticket ID,Ticket Name,Event ID,Public ID,Short ID,Created Date",
    "actionnetwork": "email,first_name,last_name,zip_code,can2_user_address,can2_user_city,can2_state_abbreviated,can2_phone,can2_user_tags,uuid,can2_subscription_status",
    "canadahelps": "DONATION DATE,TRANSACTION NUMBER,DONOR FIRST NAME,DONOR LAST NAME,DONOR EMAIL ADDRESS,AMOUNT,FUND",
    "paypal.statement": "Date,Time,Time Zone,Description,Currency,Gross,Fee,Net,Balance,Transaction ID,From Email Address,Name,Reference Txn ID",
    "stripe": "id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Fee,Mode,Status,Customer Email,Captured,Card ID",
    "salsa": "supporter_KEY,Title,First_Name,MI,Last_Name,Suffix,Email,Receive_Email,Phone,Cell_Phone,Street,City,State,Zip,Country",
    "raisersedge": "CnBio_ID,CnBio_Title_1,CnBio_First_Name,CnBio_Last_Name,CnAdrPrf_Addrline1,CnAdrPrf_City,CnAdrPrf_State,CnAdrPrf_ZIP,Gf_Date,Gf_Amount",
    "civicrm": "Contact ID,Contact Type,Sort Name,Display Name,First Name,Last Name,Do Not Email,Email",
    "neon": "Account ID,First Name,Last Name,Email 1,Phone 1 Full Number,Address Line 1",
    "plain": "Name,Email,Phone,City",
}


def bring(path: Path, folder: Path) -> tuple[Reading, Mapping, list[understand.Understood]]:
    out = folder / "out.parquet"
    reading = reader.read(path, out, known=recognise.known)
    frame = kept.rows(out)
    mapping = propose_mapping(reading.header, frame)
    rows = understand.understand(frame, mapping)
    assert reading.balanced()
    assert len(rows) == reading.rows
    return reading, mapping, rows


def answer(path: Path, folder: Path) -> str:
    """What a person is told: that the rows were read, or why not."""
    try:
        return f"{bring(path, folder)[0].rows} rows."
    except Unreadable as refused:
        return refused.message


def shared(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the shared input {name} is not on this machine")
    return path


def test_columns_of_formats_mean_something_we_know() -> None:
    for form in FORMATS.values():
        assert set(form.columns.values()) | set(form.fixed) <= set(MEANINGS), form.key


@pytest.mark.parametrize(("key", "header"), HEADERS.items())
def test_headers_of_tools_are_recognised(key: str, header: str) -> None:
    assert recognise.recognise(header.split(",")).form.key == key


@pytest.mark.parametrize(("name", "key"), NAMED.items())
def test_shared_files_are_recognised_without_a_question(name: str, key: str, tmp_path: Path) -> None:
    _, mapping, rows = bring(shared(f"formats/{name}.csv"), tmp_path)
    assert mapping.format == key
    assert not mapping.questions()
    assert not [problem for row in rows for problem in row.problems if not row.then]


@pytest.mark.parametrize("folder", ["crm/civicrm", "crm/npsp", "crm/npsp/csv_trailhead", "nasty/csv-spectrum/csvs", "nasty/csv-spectrum/json", "nasty/blns"])  # fmt: skip
def test_every_shared_file_is_read_or_refused_with_a_reason(folder: str, tmp_path: Path) -> None:
    for path in sorted(shared(folder).iterdir()):
        if path.is_file() and path.suffix in (".csv", ".json", ".txt"):
            assert answer(path, tmp_path).endswith("."), path.name


def test_csv_spectrum_reads_as_its_expected_answer(tmp_path: Path) -> None:
    import json

    for path in sorted(shared("nasty/csv-spectrum/csvs").glob("*.csv")):
        if path.stem == "location_coordinates":
            continue  # its expected answer is not valid for its own file
        bring(path, tmp_path)
        frame = kept.rows(tmp_path / "out.parquet")
        expected = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        assert [list(row[3:]) for row in frame.rows()] == [list(item.values()) for item in expected], path.name


def outcomes(rows: list[understand.Understood]) -> list[str]:
    return [row.then or "row" for row in rows]


def test_paypal_holds_withdrawals_and_memos_are_no_gifts(tmp_path: Path) -> None:
    _, _, rows = bring(shared("formats/paypal_activity.csv"), tmp_path)
    assert outcomes(rows) == ["row", "skip", "refund", "skip", "skip"]
    assert rows[2].values["refund_of"] == rows[0].values["gift_id"]
    assert rows[0].values["amount"] == 125000


def test_actblue_survives_seven_columns_of_one_name(tmp_path: Path) -> None:
    reading, _, rows = bring(shared("formats/actblue_paid_contributions.csv"), tmp_path)
    assert len(set(reading.header)) == 101
    assert (rows[0].values["amount"], rows[0].values["first"]) == (2500, "ROBERT")


def test_placeholder_guests_are_places_not_people(tmp_path: Path) -> None:
    _, _, rows = bring(shared("formats/eventbrite_attendees_us.csv"), tmp_path)
    assert outcomes(rows).count("guest") == 1


def test_a_file_of_settings_is_refused_by_its_format() -> None:
    assert recognise.recognise(["sf_id", "Name", "npsp__Level_Field__c"]).form.refuse


def test_unknown_columns_are_proposed_by_name_and_content(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "Who,Reach them,Given,Mother – email\nAnn Lee,ann@x.org,$5.00,mum@x.org\nBo Ray,bo@x.org,$12.50,m@x.org\n"
    )
    _, mapping, _ = bring(path, tmp_path)
    assert [column.meaning for column in mapping.columns][1:] == ["email", "amount", "custom"]
    assert all(column.sure < 1 for column in mapping.columns)


def test_a_mapping_survives_being_written_down(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("First name,Date of birth\nAnn,03/04/1970\n")
    _, mapping, _ = bring(path, tmp_path)
    assert mapping.questions()
    assert Mapping.from_dict(mapping.as_dict()) == mapping
