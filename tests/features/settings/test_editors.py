"""Every list an organization keeps itself can be added to, changed and retired from."""

import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import Work, open_work
from crm_app.features.settings.editors import BY_KEY, EDITORS, Editor

DRAFTS = {
    "tags": {"name": "Choir", "colour": "green", "group": "Interests"},
    "hats": {"name": "Mentor", "plural": "Mentors"},
    "relations": {"name": "mentor of", "reverse_name": "mentored by", "family": "social", "from_kind": "person", "to_kind": "person"},
    "fields": {"label": "T-shirt", "kind": "choice", "options": "S\nM\nL", "section": "", "help": ""},
    "funds": {"name": "Kitchen", "description": "", "restricted": "on"},
    "campaigns": {"name": "Spring", "starts_on": "2026-03-01", "ends_on": "2026-05-31", "goal": "25,000"},
    "appeals": {"name": "Letter", "channel": "mail", "sent_on": ""},
}  # fmt: skip


@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.key)
def test_a_list_is_added_to_changed_and_retired_from(work: Work, editor: Editor):
    row_id = editor.save(work, None, dict(DRAFTS[editor.key]))
    line = next(one for one in editor.load(work) if one["id"] == row_id)
    changed = {**line["form"]}
    changed[editor.asks[0].name] = "Another name"
    editor.save(work, row_id, changed)
    editor.retire(work, row_id, True)
    line = next(one for one in editor.load(work) if one["id"] == row_id)
    assert (line["title"], line["retired"]) == ("Another name", True)


@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.key)
def test_a_viewer_changes_nothing(db: Database, editor: Editor):
    with open_work(db, Actor.of(1, "Vera", Role.VIEWER)) as work, pytest.raises(NotAllowed):
        editor.save(work, None, dict(DRAFTS[editor.key]))


def test_a_campaign_does_not_end_before_it_begins(work: Work):
    with pytest.raises(Invalid):
        BY_KEY["campaigns"].save(work, None, {**DRAFTS["campaigns"], "ends_on": "2026-01-01"})
