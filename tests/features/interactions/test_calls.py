"""Conversations and the tasks that follow."""

from datetime import date, timedelta

import pytest

from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.interactions import service as interactions
from crm_app.features.interactions.schemas import InteractionDraft, TaskDraft


@pytest.fixture
def mafe(work: Work) -> int:
    return people.create(work, ConstituentDraft(first_name="Mafe", last_name="Okonkwo"))


def test_a_call_is_logged_with_the_task_that_follows(work: Work, mafe: int):
    draft = InteractionDraft(constituent_id=mafe, outcome="reached", body="Will come", follow_up_on=date(2020, 3, 20))
    interactions.log(work, draft)
    (call,) = interactions.of(work, mafe)
    (task,) = interactions.tasks_about(work, mafe)
    assert (call.body, task.title, task.late) == ("Will come", "Follow up with Mafe Okonkwo", True)


def test_an_older_conversation_can_be_written_down_but_not_a_future_one(work: Work, mafe: int):
    interactions.log(work, InteractionDraft(constituent_id=mafe, happened_at=work.now - timedelta(days=900)))
    with pytest.raises(Invalid):
        interactions.log(work, InteractionDraft(constituent_id=mafe, happened_at=work.now + timedelta(days=9)))


def test_private_conversations_are_their_authors(work: Work, mafe: int):
    interactions.log(work, InteractionDraft(constituent_id=mafe, privacy="author"))
    assert interactions.of(work, mafe) == []


def test_tasks_come_by_day_and_go_when_done(work: Work, mafe: int):
    later = interactions.add_task(work, TaskDraft(title="Later", constituent_id=mafe, due_on=date(2027, 1, 1)))
    interactions.add_task(work, TaskDraft(title="Some day", constituent_id=mafe))
    interactions.add_task(work, TaskDraft(title="Soon", constituent_id=mafe, due_on=date(2026, 1, 1)))
    assert [task.title for task in interactions.tasks_about(work, mafe)] == ["Soon", "Later", "Some day"]
    interactions.finish(work, later)
    assert len(interactions.tasks_about(work, mafe)) == 2
    interactions.reopen(work, later)
    assert len(interactions.tasks_about(work, mafe)) == 3
