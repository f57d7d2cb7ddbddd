"""A file dropped, looked at, let in and taken out again, in a browser."""

from pathlib import Path

import sqlalchemy as sa

from crm_app.features.constituents.models import Constituent
from tests.browser.conftest import Visit
from tests.browsing import Server

TEMPLATE = (
    "INSTRUCTIONS:,,,,,,,,\n"
    ",make line 5 your first line in the file,,,,,,,\n"
    ",,,,,,,,\n"
    "Contact1 First Name,Contact1 Last Name,Contact1 Personal Email,Contact2 First Name,Contact2 Last Name,Home Street,Home Zip/Postal Code,Donation Amount,Donation Date\n"
    "NPSP__CONTACT1_FIRSTNAME__C,NPSP__CONTACT1_LASTNAME__C,NPSP__CONTACT1_PERSONAL_EMAIL__C,NPSP__CONTACT2_FIRSTNAME__C,NPSP__CONTACT2_LASTNAME__C,NPSP__HOME_STREET__C,NPSP__HOME_ZIP__C,NPSP__DONATION_AMOUNT__C,NPSP__DONATION_DATE__C\n"
    "Rosalind,Delgadillo,rosalind.delgadillo@example.org,Tomas,Delgadillo,9 Quay St,19901,250.00,2026-03-01\n"
    "Hughbert,Mercerly,hughbert@example.org,,,4 Elm Rd,01970,,\n"
    "Idalia,Lundqvist,,,,,,20.00,soon\n"
)


def people(server: Server) -> int:
    names = ("Delgadillo", "Mercerly", "Lundqvist")
    with server.database.read() as session:
        query = sa.select(sa.func.count()).where(Constituent.last_name.in_(names))
        return session.execute(query).scalar() or 0


def test_a_template_comes_in_and_goes_out_again(server: Server, visit: Visit, tmp_path: Path):
    path = tmp_path / "our donors.csv"
    path.write_text(TEMPLATE)
    page = visit("/imports")
    page.get_by_label("Choose a file to bring in").set_input_files(path)
    page.wait_for_url("**/imports/*")
    page.get_by_text("Salesforce NPSP import template").first.wait_for()
    page.get_by_role("button", name="Bring in 2 rows").wait_for()
    page.get_by_text("is not a date").first.wait_for()
    assert people(server) == 0
    page.get_by_role("button", name="Bring in 2 rows").click()
    page.get_by_text("3 people, 1 household, 1 gift in, 1 row needs you.").first.wait_for()
    assert people(server) == 3
    page.get_by_role("button", name="Take it out").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Take it out").click()
    page.get_by_text("Taken out again.").first.wait_for()
    assert people(server) == 0
