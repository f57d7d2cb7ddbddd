"""Receipts: issued as previewed, numbered without gaps, voided and replaced, never issued twice."""

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select

from crm_app.core import files, jobs
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.errors import Invalid
from crm_app.core.work import Work, open_work
from crm_app.features.giving import jobs as giving_jobs  # noqa: F401
from crm_app.features.giving import service
from crm_app.features.giving.models import Receipt
from crm_app.features.giving.schemas import GiftDraft
from crm_app.features.settings.models import Organization
from tests.features.giving.people import person

DAY = date(2025, 6, 1)


@pytest.fixture
def us(work: Work) -> Work:
    work.add(Organization(name="Riverside Trust", legal_name="Riverside Community Trust", updated_at=work.now))
    return work


def gift(work: Work, who: int, amount: int, **more) -> int:
    return service.record_gift(work, GiftDraft(**{"constituent_id": who, "amount": amount, "given_on": DAY} | more))


def read(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_what_is_issued_is_what_was_previewed(us: Work) -> None:
    one = gift(us, person(us), 10000, benefit=4000, kind="event", description="Gala dinner")
    before = service.preview(us, [one]).printed
    shown = service.show_receipt(us, service.issue(us, [one]))
    assert shown.snapshot == before.model_dump(mode="json") | {"label": shown.label}
    assert (shown.amount, shown.benefit, shown.receiptable) == (10000, 4000, 6000)
    assert shown.label.endswith("-000001")


def test_the_pdf_is_kept_and_its_hash_with_it(us: Work) -> None:
    receipt = service.issue(us, [gift(us, person(us, "Małgorzata Ďurišová"), 12345)])
    row = us.get(Receipt, receipt)
    name, content = service.pdf(us, receipt)
    assert hashlib.sha256(content).hexdigest() == row.pdf_sha256
    words = read(content)
    assert "Małgorzata Ďurišová" in words
    assert "$123.45" in words
    assert row.label in words
    assert files.path(us.get(files.StoredFile, row.file_id)).read_bytes() == content
    service.pdf(us, receipt, count_copy=True)
    name, content = service.pdf(us, receipt, count_copy=True)
    assert name.endswith("-copy.pdf")
    assert "COPY" in read(content)


def test_a_gift_stands_on_one_living_receipt(us: Work) -> None:
    one = gift(us, person(us), 5000)
    first = service.issue(us, [one])
    with pytest.raises(service.Blocked):
        service.issue(us, [one])
    with pytest.raises(service.OnReceipt):
        service.remove(us, one, "Oops")
    second = service.replace(us, first, "Address was wrong")
    old, new = service.show_receipt(us, first), service.show_receipt(us, second)
    assert (old.status, old.replaced_by, new.replaces, new.label) == ("voided", new.label, old.label, new.label)
    assert "cancels and replaces" in read(service.pdf(us, second)[1])
    with pytest.raises(service.AlreadyVoid):
        service.void(us, first, "again")


def test_a_refunded_part_is_not_receipted(us: Work) -> None:
    one = gift(us, person(us), 10000)
    service.refund(us, one, 2500)
    assert service.show_receipt(us, service.issue(us, [one])).receiptable == 7500


def test_rules_block_with_the_reason(us: Work) -> None:
    one = gift(us, person(us), 10000, kind="sponsorship")
    with pytest.raises(service.Blocked) as caught:
        service.issue(us, [one])
    assert "not receipted" in caught.value.message
    with pytest.raises(Invalid):
        service.issue(us, [gift(us, person(us), 1), gift(us, person(us), 1)])


def test_an_annual_run_skips_what_is_receipted_and_issues_nothing_twice(db: Database, admin: Actor) -> None:
    with open_work(db, admin) as work:
        work.add(Organization(name="Riverside Trust", updated_at=work.now))
        for n in range(7):
            who = person(work, f"Donor Nr{n}")
            gifts = [gift(work, who, 1000 + n), gift(work, who, 500)]
            if n == 0:
                service.issue(work, gifts[:1])
        gift(work, person(work, "Some Sponsor"), 9000, kind="sponsorship")
        job = service.start_annual(work, 2025)
    jobs.run_all(db)
    with open_work(db, admin) as work:
        assert jobs.look(work, job).result["issued"] == 7
        assert jobs.look(work, job).result["skipped"] == 1
        assert work.session.execute(select(Receipt.amount).where(Receipt.number == 2)).scalar() == 500
        service.start_annual(work, 2025)
    jobs.run_all(db)
    with open_work(db, admin, write=False) as work:
        assert service.count_receipts(work) == 8
        assert [row.why for row in service.not_issued(work, 2025)] == [
            "A gift of the kind sponsorship is not receipted under these rules."
        ]


class GivenUp(Exception):
    """Somebody closed the window at the worst moment."""


def test_numbers_have_no_gaps_with_fifty_issuers_of_whom_some_give_up(db: Database, admin: Actor) -> None:
    with open_work(db, admin) as work:
        work.add(Organization(name="Riverside Trust", updated_at=work.now))
        who = person(work)
        gifts = [gift(work, who, 100 + n) for n in range(50)]
    gives_up = set(random.Random(7).sample(gifts, 15))

    def one(gift_id: int) -> str:
        try:
            with open_work(db, admin) as work:
                label = service.show_receipt(work, service.issue(work, [gift_id])).label
                if gift_id in gives_up:
                    raise GivenUp
                return label
        except GivenUp:
            return ""

    with ThreadPoolExecutor(10) as pool:
        labels = [label for label in pool.map(one, gifts) if label]
    with open_work(db, admin, write=False) as work:
        numbers = sorted(work.session.execute(select(Receipt.number)).scalars())
    assert numbers == list(range(1, 36))
    assert len(labels) == len(set(labels)) == 35
