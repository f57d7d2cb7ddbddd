"""Many at once: on both databases nobody is oversold, nothing fails, and one person comes in once."""

import threading
from collections import Counter
from collections.abc import Callable

from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.schemas import PartyDraft, Tap
from tests.features.events.conftest import NOW, MakeEvent


def together(calls: list[Callable[[], object]]) -> list[object]:
    """Run all at once; the answers, or what was raised."""
    start = threading.Barrier(len(calls))
    answers: list[object] = [None] * len(calls)

    def run(place: int) -> None:
        start.wait()
        try:
            answers[place] = calls[place]()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test wants to see it
            answers[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_fifty_on_the_last_five_seats(db, admin, make_event: MakeEvent):
    for round_number in range(3):
        event = make_event(capacity=5, name=f"Round {round_number}")

        def ask(n: int, event: int = event) -> str:
            with open_work(db, admin, now=NOW) as work:
                return service.register(work, event, PartyDraft(name=f"Guest {n}")).status

        answers = Counter(together([lambda n=n: ask(n) for n in range(50)]))
        assert answers == {"registered": 5, "waitlisted": 45}
        with open_work(db, admin, now=NOW) as work:
            assert service.reconcile(work, event) == []
            assert service.counts(work, event).held == 5


def test_coming_and_going_at_once_leaves_no_seat_empty_and_none_doubled(db, admin, make_event: MakeEvent):
    event = make_event(capacity=12)

    def come_and_go(n: int) -> None:
        for turn in range(3):
            with open_work(db, admin, now=NOW) as work:
                made = service.register(work, event, PartyDraft(name=f"Guest {n}", seats=1 + (n + turn) % 4))
            if turn < 2:
                with open_work(db, admin, now=NOW) as work:
                    service.change_status(work, made.id, "cancelled")

    assert together([lambda n=n: come_and_go(n) for n in range(12)]) == [None] * 12
    with open_work(db, admin, now=NOW) as work:
        counts = service.counts(work, event)
        assert service.reconcile(work, event) == []
        assert counts.held <= 12
        assert counts.held > 12 - 4


def test_fifty_devices_check_in_one_person(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        seat = service.party(work, service.register(work, event, PartyDraft(name="Ann")).id)[0].seat_id

    def touch(nonce: str) -> str:
        with open_work(db, admin, now=NOW) as work:
            return service.tap(work, event, Tap(nonce=nonce, seat_id=seat)).outcome

    assert Counter(together([lambda n=n: touch(f"device-{n:03}") for n in range(50)])) == {"in": 1, "already": 49}
    assert Counter(together([lambda: touch("device-same") for _ in range(20)])) == {"already": 20}
    with open_work(db, admin, now=NOW) as work:
        service.tap(work, event, Tap(nonce="undo-one", seat_id=seat, verb="undo"))
    assert Counter(together([lambda: touch("again-same") for _ in range(20)])) == {"in": 1, "replay": 19}
