"""Getting in: passwords, links, throttle, second factor, roles."""

from datetime import timedelta

import pyotp
import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed, NotSignedIn
from crm_app.core.work import Work, open_work
from crm_app.features.accounts import service
from crm_app.features.accounts.service import entering, secrets
from crm_app.features.accounts.service.links import LinkUsed
from crm_app.features.accounts.service.people import LastAdministrator

GOOD = "three grey herons"


@pytest.fixture
def ada(work: Work) -> int:
    return service.create(work, "ada@example.org", "Ada", Role.ADMINISTRATOR, GOOD).id


def test_a_right_password_opens_a_session_that_knows_its_user(work: Work, ada: int):
    entered = service.enter(work, "ADA@example.org ", GOOD)
    work.session.flush()
    actor = service.who(work, secrets.digest(entered.cookie))
    assert (actor.user_id, actor.role) == (ada, Role.ADMINISTRATOR)
    service.leave(work, entered.cookie)
    with pytest.raises(NotSignedIn):
        service.who(work, secrets.digest(entered.cookie))


def test_eight_wrong_tries_close_the_door_also_for_the_right_one(work: Work, ada: int):
    for _ in range(entering.PER_EMAIL):
        with pytest.raises(entering.WrongPassword):
            service.enter(work, "ada@example.org", "wrong")
        work.session.flush()
    with pytest.raises(entering.TooManyTries):
        service.enter(work, "ada@example.org", GOOD)


def test_the_second_factor_is_asked_for_and_a_recovery_code_works_once(db: Database):
    with open_work(db, Actor.system()) as work:
        user = service.create(work, "ada@example.org", "Ada", Role.ADMINISTRATOR, GOOD)
    ada = Actor.of(user.id, "Ada", Role.ADMINISTRATOR)
    with open_work(db, ada) as work:
        secret, _ = service.begin_factor(work)
        with pytest.raises(Invalid):
            service.confirm_factor(work, secret, "000000" if pyotp.TOTP(secret).at(work.now) != "000000" else "1")
        codes = service.confirm_factor(work, secret, pyotp.TOTP(secret).at(work.now))
    with open_work(db, ada) as work:
        with pytest.raises(entering.SecondFactorNeeded):
            service.enter(work, "ada@example.org", GOOD)
        assert service.enter(work, "ada@example.org", GOOD, codes[0])
        work.session.flush()
        with pytest.raises(entering.WrongPassword):
            service.enter(work, "ada@example.org", GOOD, codes[0])


def test_the_first_link_makes_one_administrator(work: Work):
    token = service.first_link(work)
    service.join(work, token, "Ada", "ada@example.org", GOOD)
    assert service.first_link(work) is None
    with pytest.raises(LinkUsed):
        service.join(work, token, "Eve", "eve@example.org", GOOD)


def test_an_old_link_does_not_work(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        token = service.first_link(work)
        late = work.now + timedelta(days=2)
    with open_work(db, admin, now=late) as work, pytest.raises(LinkUsed):
        service.link_for(work, token)


@pytest.mark.parametrize("bad", ["short", "password123", "x" * 501])
def test_a_bad_password_is_refused_with_words(work: Work, bad: str):
    with pytest.raises(Invalid) as refused:
        service.create(work, "eve@example.org", "Eve", Role.VIEWER, bad)
    assert "password" in refused.value.fields


def test_the_last_administrator_stays(db: Database):
    with open_work(db, Actor.system()) as work:
        ada = service.create(work, "ada@example.org", "Ada", Role.ADMINISTRATOR, GOOD)
    with pytest.raises(LastAdministrator), open_work(db, Actor.system()) as work:
        service.set_role(work, ada.id, Role.VIEWER)


def test_a_viewer_invites_nobody(db: Database):
    with open_work(db, Actor.of(7, "Vera", Role.VIEWER)) as work, pytest.raises(NotAllowed):
        service.invite(work, "x@example.org", "X", Role.ADMINISTRATOR)


def test_an_e_mail_is_taken_once(work: Work, ada: int):
    with pytest.raises(Invalid):
        service.create(work, "Ada@Example.org", "Another", Role.VIEWER)
