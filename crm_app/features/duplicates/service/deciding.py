"""What a steward says about a pair: not the same, one household, later; and many certain ones at once."""

import uuid
from datetime import timedelta

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.models import Suggestion, Verdict
from crm_app.features.duplicates.service import fields, merging
from crm_app.features.relationships import service as relationships

LATER = timedelta(days=7)


def different(work: Work, one: int, other: int, note: str = "") -> int:
    """Not the same: remembered for good, both ways round, and for whatever the two are merged into."""
    return _say(work, one, other, "different", note)


def household(work: Work, one: int, other: int) -> int:
    """Two people of one household; it is made when neither has one."""
    work.require(Permission.MERGE, Permission.PEOPLE_EDIT)
    rows = queries.people(work.session, [one, other])
    if any(row.kind != "person" for row in rows.values()):
        raise Invalid("Only people live in a household.")
    _say(work, one, other, "household")
    homes = queries.household_of(work.session, [one, other])
    if not homes:
        return relationships.make_household(work, [one, other])
    home = homes.get(one) or homes[other]
    for person in (one, other):
        if person not in homes:
            relationships.join(work, home, person)
    return home


def _say(work: Work, one: int, other: int, verdict: str, note: str = "") -> int:
    work.require(Permission.MERGE)
    if one == other:
        raise Invalid("Choose two different records.")
    low, high = sorted((one, other))
    names = [work.get(Constituent, number).display_name for number in (low, high)]
    found = queries.verdict(work.session, low, high) or Verdict(low_id=low, high_id=high, at=work.now)
    pair = queries.suggestion(work.session, low, high)
    found.verdict, found.note, found.at, found.by = verdict, note, work.now, work.actor.name
    found.user_id, found.score = work.actor.user_id, pair.score if pair else found.score
    work.add(found)
    if pair:
        work.session.delete(pair)
    for number, name in ((low, names[1]), (high, names[0])):
        history.record(work, "constituent", number, f"told apart: {verdict}", after={"from": name}, note=note)
    work.tell("duplicates")
    return found.id


def take_back(work: Work, verdict_id: int) -> None:
    """The verdict was wrong: the pair may come up again."""
    work.require(Permission.MERGE)
    said = work.get(Verdict, verdict_id)
    history.record(
        work, "constituent", said.low_id, "verdict taken back", before={"verdict": said.verdict, "other": said.high_id}
    )
    history.record(
        work, "constituent", said.high_id, "verdict taken back", before={"verdict": said.verdict, "other": said.low_id}
    )
    work.session.delete(said)
    work.tell("duplicates")


def skip(work: Work, pair_id: int) -> None:
    """Not now: it comes back in a week."""
    work.require(Permission.MERGE)
    pair = work.get(Suggestion, pair_id, "This pair was decided meanwhile.")
    pair.skipped_until, pair.leased_by, pair.leased_until = work.now + LATER, None, None
    work.tell("duplicates")


def merge_certain(work: Work, most: int = 500) -> list[int]:
    """Merge the pairs the automatic rule calls certain; one batch, so that one undo takes all back."""
    work.require(Permission.MERGE)
    made: list[int] = []
    batch = uuid.uuid4().hex
    for pair in queries.certain(work.session, most):
        rows = list(queries.people(work.session, [pair.low_id, pair.high_id]).values())
        if (
            len(rows) < 2
            or any(row.merged_into_id or row.deleted_at for row in rows)
            or merging.warnings_about(work, rows)
        ):
            continue
        first, second = fields.best_to_keep(work, rows)
        made += merging.merge(work, first.id, [second.id], mode="bulk", score=pair.score, batch=batch)
    return made
