"""An import from the file to the published rows, and out again."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from crm_app.core import jobs
from crm_app.core.access import Actor, Permission, Role
from crm_app.core.database import Database
from crm_app.core.errors import CrmError, Invalid, NotAllowed
from crm_app.core.work import open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.models import Consent, Constituent, Email, Tagging
from crm_app.features.giving.models import Gift, Payment
from crm_app.features.imports import jobs as _jobs  # noqa: F401
from crm_app.features.imports import service
from crm_app.features.imports.schemas import ImportFull
from crm_app.features.relationships.models import HouseholdMember, Relationship

TEMPLATE = (
    "INSTRUCTIONS:,,,,,,,,,,\n"
    "Contact1 First Name,Contact1 Last Name,Contact1 Personal Email,Contact2 First Name,Contact2 Last Name,Account1 Name,Home Street,Home Zip/Postal Code,Donation Amount,Donation Date,Payment Method\n"
    "Rosa,Delgado,rosa@example.org,Tom,Delgado,Harbour Bakery,9 Quay St,19901,250.00,2026-03-01,Crecit\n"
    "Hugh,Mercer,hugh@example.org,,,,4 Elm Rd,01970,,,\n"
)
GIFTS = (
    "Date,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID,Reference Txn ID\n"
    "2026-05-01,Ann Lee,Donation Payment,Completed,USD,100.00,-3.00,97.00,ann@example.org,T1,\n"
    "2026-05-02,Ann Lee,Payment Refund,Completed,USD,-40.00,0,-40.00,ann@example.org,T2,T1\n"
    "2026-05-03,,General Withdrawal,Completed,USD,-900.00,0,-900.00,,T3,\n"
    "2026-05-04,Bo Ray,Donation Payment,Pending,USD,10.00,0,10.00,bo@example.org,T4,\n"
)


def bring(db: Database, content: str, actor: Actor, name: str = "list.csv", *, publish: bool = True) -> ImportFull:
    with open_work(db, actor) as work:
        number = service.receive(work, name, content.encode())
    jobs.run_all(db)
    if publish:
        with open_work(db, actor) as work:
            service.publish(work, number)
        jobs.run_all(db)
    return look(db, number, actor)


def look(db: Database, number: int, actor: Actor) -> ImportFull:
    with open_work(db, actor, write=False) as work:
        return service.one(work, number)


def count(db: Database, table: type) -> int:
    with db.read() as session:
        return session.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0


def counted(seen: ImportFull) -> dict[str, int]:
    return {one.key: one.count for one in seen.counts if one.count}


def take_out(db: Database, number: int, actor: Actor) -> ImportFull:
    with open_work(db, actor) as work:
        service.undo(work, number)
    jobs.run_all(db)
    return look(db, number, actor)


def test_the_check_counts_everything_and_changes_nothing(db: Database, admin: Actor) -> None:
    seen = bring(db, TEMPLATE, admin, publish=False)
    assert seen.status == "checked"
    assert counted(seen) == {"new": 2}
    assert count(db, Constituent) == 0


def test_a_template_row_becomes_two_people_one_household_an_organization_and_a_gift(db: Database, admin: Actor) -> None:
    seen = bring(db, TEMPLATE, admin)
    assert seen.status == "published"
    assert "3 people" in seen.words
    with db.read() as session:
        gift = session.execute(sa.select(Gift)).scalars().one()
        kinds = sorted(session.execute(sa.select(Constituent.kind)).scalars())
    assert (gift.amount, gift.method, gift.import_id) == (25000, "card", seen.id)
    assert kinds == ["household", "organization", "person", "person", "person"]
    assert (count(db, HouseholdMember), count(db, Relationship)) == (2, 1)


def test_undo_leaves_nothing_behind(db: Database, admin: Actor) -> None:
    seen = take_out(db, bring(db, TEMPLATE, admin).id, admin)
    assert seen.status == "undone"
    assert seen.kept == []
    assert [count(db, table) for table in (Constituent, Email, Gift, HouseholdMember, Relationship)] == [0] * 5


def test_undo_leaves_alone_what_somebody_changed_since_and_says_so(db: Database, admin: Actor) -> None:
    seen = bring(db, TEMPLATE, admin)
    with open_work(db, admin) as work:
        (hugh,) = constituents.find_ids(work, "Hugh Mercer")
        constituents.edit(work, hugh, {"nickname": "Hughie"})
    after = take_out(db, seen.id, admin)
    assert [row["id"] for row in after.kept] == [hugh]
    assert count(db, Constituent) == 1


def test_the_same_file_again_changes_nothing(db: Database, admin: Actor) -> None:
    bring(db, GIFTS, admin)
    again = bring(db, GIFTS, admin, publish=False)
    assert counted(again) == {"same": 2, "skip": 2}
    assert again.again
    with open_work(db, admin) as work, pytest.raises(Invalid):
        service.publish(work, again.id)


def test_rows_of_an_earlier_file_are_known_in_a_longer_one(db: Database, admin: Actor) -> None:
    names = "First name,Last name\nAnn,Lee\nBo,Ray\n"
    bring(db, names, admin)
    longer = bring(db, names + "Cleo,Fox\n", admin)
    assert counted(longer) == {"same": 2, "new": 1}
    assert count(db, Constituent) == 3


def test_refunds_find_their_gift_and_withdrawals_are_no_gifts(db: Database, admin: Actor) -> None:
    bring(db, GIFTS, admin)
    with db.read() as session:
        gift = session.execute(sa.select(Gift)).scalars().one()
    assert (gift.external_id, gift.paid, gift.status) == ("T1", 6000, "partly_refunded")
    assert count(db, Payment) == 2


def ann(db: Database) -> Constituent:
    with db.read() as session:
        return session.execute(sa.select(Constituent)).scalars().one()


def test_an_email_finds_the_person_and_fills_only_blanks(db: Database, admin: Actor) -> None:
    bring(db, "First name,Last name,Email\nAnn,Lee,ann@example.org\n", admin)
    seen = bring(db, "First name,Last name,Email,Job title,Tags\nAnn,Leigh,ANN@example.org,Baker,Gala\n", admin)
    assert counted(seen) == {"update": 1}
    assert (ann(db).last_name, ann(db).job_title, count(db, Tagging)) == ("Lee", "Baker", 1)
    take_out(db, seen.id, admin)
    assert (ann(db).last_name, ann(db).job_title, count(db, Tagging)) == ("Lee", "", 0)


def test_two_people_of_one_name_are_never_joined(db: Database, admin: Actor) -> None:
    bring(db, "First name,Last name,Email\nRobert,Smith,rob@one.org\n", admin)
    seen = bring(db, "First name,Last name,Email\nRobert,Smith,bob@two.org\n", admin)
    assert count(db, Constituent) == 2
    with open_work(db, admin, write=False) as work:
        rows, _ = service.rows(work, seen.id)
    assert "not joined" in rows[0].reason


def test_blank_never_matches(db: Database, admin: Actor) -> None:
    bring(db, "First name,Last name,Email\nAnn,Lee,\nBo,Ray,\n", admin)
    assert count(db, Constituent) == 2


def test_a_spouse_without_an_email_is_found_by_the_household_the_second_time(db: Database, admin: Actor) -> None:
    bring(db, TEMPLATE, admin)
    bring(db, TEMPLATE.replace("250.00", "300.00").replace("9 Quay St", "12 Hill Rd"), admin, "next.csv")
    with db.read() as session:
        toms = session.execute(sa.select(sa.func.count()).where(Constituent.first_name == "Tom")).scalar()
    assert toms == 1


def test_number_and_email_that_disagree_are_a_question(db: Database, admin: Actor) -> None:
    rows = "first,last,email,external_identifier\nbob,dobbs,bob@n.org,123\nsue,davis,other@n.org,456\nmis,match,other@n.org,123\n"
    seen = bring(db, rows, admin)
    assert counted(seen) == {"new": 2, "ask": 1}
    assert seen.words.endswith("1 row needs you.")


def test_a_row_put_right_is_published_after_the_others(db: Database, admin: Actor) -> None:
    seen = bring(db, "First name,Last name,Email\nAnn,Lee,ann at example\nBo,Ray,bo@example.org\n", admin)
    assert count(db, Constituent) == 1
    with open_work(db, admin) as work:
        service.put_right(work, seen.id, 1, {2: "ann@example.org"})
    jobs.run_all(db)
    with open_work(db, admin) as work:
        service.publish(work, seen.id)
    jobs.run_all(db)
    assert count(db, Constituent) == 2
    assert counted(look(db, seen.id, admin)) == {"new": 2}


def test_a_mapping_put_right_is_remembered_for_files_with_those_columns(db: Database, admin: Actor) -> None:
    first = bring(db, "Who,Where\nAnn Lee,Cork\n", admin, publish=False)
    with open_work(db, admin) as work:
        service.map_column(work, first.id, 0, meaning="full")
        service_run = service.one(work, first.id)
    assert service_run.status == "checking"
    jobs.run_all(db)
    second = bring(db, "Who,Where\nBo Ray,Lima\n", admin, publish=False)
    assert second.columns[0].meaning == "full"
    assert counted(second) == {"new": 1}


def test_dates_that_can_be_read_both_ways_are_asked_before_publishing(db: Database, admin: Actor) -> None:
    seen = bring(db, "First name,Last name,Date of birth\nAnn,Lee,03/04/1970\n", admin, publish=False)
    assert seen.questions == 1
    with open_work(db, admin) as work, pytest.raises(Invalid):
        service.publish(work, seen.id)
    with open_work(db, admin) as work:
        service.order_all(work, seen.id, "dmy")
    jobs.run_all(db)
    with open_work(db, admin) as work:
        service.publish(work, seen.id)
    jobs.run_all(db)
    with db.read() as session:
        born = session.execute(sa.select(Constituent.birth_month, Constituent.birth_day)).one()
    assert tuple(born) == (4, 3)


def test_consent_comes_with_its_evidence(db: Database, admin: Actor) -> None:
    header = (
        "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID,TAGS\n"
    )
    bring(
        db,
        header
        + 'ann@example.org,Ann,Lee,4,2024-03-14 09:12:31,192.0.2.10,2024-03-14 09:14:00,192.0.2.10,1,e1,"""Gala"""\n',
        admin,
    )
    with db.read() as session:
        said = session.execute(sa.select(Consent)).scalars().one()
    assert (said.channel, said.state, said.captured_at.isoformat()) == ("email", "granted", "2024-03-14T09:14:00+00:00")
    assert "192.0.2.10" in said.evidence
    assert count(db, Tagging) == 1


def test_a_publication_stopped_in_the_middle_is_finished_without_a_double(
    db: Database, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_app.features.imports.service.publishing.PART", 3)
    people = "".join(f"P{n},Q{n},p{n}@example.org\n" for n in range(10))
    seen = bring(db, "First name,Last name,Email\n" + people, admin, publish=False)
    with open_work(db, admin) as work:
        service.publish(work, seen.id)

    class Killed(BaseException):
        pass

    def stop(done: int, total: int, words: str) -> None:
        if done >= 6:
            raise Killed

    with pytest.raises(Killed):
        service.run_publication(db, admin, seen.id, stop)
    assert count(db, Constituent) == 6
    jobs.run_all(db)
    assert count(db, Constituent) == 10
    assert "10 people" in look(db, seen.id, admin).words


def test_what_is_no_list_is_refused_with_its_reason(db: Database, admin: Actor) -> None:
    seen = bring(db, "%PDF-1.7", admin, "letter.pdf", publish=False)
    assert (seen.status, seen.words[:14]) == ("refused", "This is a PDF,")


def test_a_viewer_may_not_bring_files_in(db: Database) -> None:
    viewer = Actor.of(None, "Vera", Role.VIEWER)
    with open_work(db, viewer) as work, pytest.raises(NotAllowed) as refused:
        service.receive(work, "a.csv", b"Name\nAnn\n")
    assert refused.value.data["permission"] == Permission.IMPORT.name


def test_rejected_rows_come_back_as_a_file_with_their_reason(db: Database, admin: Actor) -> None:
    seen = bring(db, "First name,Last name,Email\nAnn,Lee,nonsense\nBo,Ray,bo@example.org\n", admin)
    with open_work(db, admin, write=False) as work:
        lines = "".join(service.rejected(work, seen.id)).splitlines()
    assert lines[0] == "First name,Last name,Email,Reason"
    assert lines[1].startswith("Ann,Lee,nonsense,")
    assert len(lines) == 2


@pytest.mark.parametrize("folder", ["formats"])
def test_every_shared_file_ends_in_rows_that_add_up(folder: str, db: Database, admin: Actor, shared: Path) -> None:
    if not db.sqlite:
        pytest.skip("once is enough: the reading does not know the database")
    for path in sorted((shared / folder).glob("*.csv")):
        with open_work(db, admin) as work:
            number = service.receive(work, path.name, path)
    jobs.run_all(db)
    with open_work(db, admin, write=False) as work:
        for one in service.everything(work):
            seen = service.one(work, one.id)
            assert seen.status in ("checked", "refused"), (one.name, seen.words)
            assert sum(counted(seen).values()) == (seen.rows if seen.status == "checked" else 0), one.name
    assert number


def test_a_choice_for_a_row_is_kept_through_the_next_check(db: Database, admin: Actor) -> None:
    seen = bring(db, "First name,Last name\nAnn,Lee\nBo,Ray\n", admin, publish=False)
    with open_work(db, admin) as work:
        service.decide(work, seen.id, [2], "skip")
    jobs.run_all(db)
    assert counted(look(db, seen.id, admin)) == {"new": 1, "skip": 1}
    with open_work(db, admin) as work, pytest.raises(CrmError):
        service.decide(work, seen.id, [2], "nonsense")
