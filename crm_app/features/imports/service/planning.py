"""A row's one outcome. The check and the publication both come through here: they differ only in the commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import polars as pl
from sqlmodel import Session

from crm_app.engine.tabular import kept
from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.understand import Understood, understand
from crm_app.features.imports import queries
from crm_app.features.imports.models import ASK, NEW, SAME, SKIP, UPDATE
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service import extras
from crm_app.features.imports.service.matching import Index, Match, find, spouse
from crm_app.features.imports.service.money import Money, money_of
from crm_app.features.imports.service.someone import Someone, people_of

LOUD = ("email", "birth", "optin_at", "gift_date", "amount", "status", "our_id", "member_from", "deceased_on")


@dataclass(slots=True)
class Plan:
    """What a row will do. IDS: the record of each person, below zero for one that is still to be made."""

    row: int
    line: int
    outcome: str = ASK
    reason: str = ""
    evidence: str = ""
    summary: str = ""
    people: list[Someone] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    fresh: list[bool] = field(default_factory=list)
    money: Money | None = None
    extra: extras.Extra | None = None
    gift_id: int = 0
    digest: int = 0


def plan_part(
    session: Session,
    frame: pl.DataFrame,
    mapping: Mapping,
    policy: Policy,
    index: Index,
    decided: dict[int, tuple[str, dict[str, str] | None]],
    digests: Sequence[int],
    import_id: int,
) -> list[Plan]:
    """Plans for a part of the file, in its order; as many as it has rows."""
    rows = understand(put_right(frame, decided), mapping)
    drafts = [(_speaks(row, mapping) and people_of(row, mapping, policy.tag)) or [] for row in rows]
    index.load(session, [one for people in drafts for one in people])
    seen = queries.known_digests(session, digests, import_id)
    numbers = [n for row in rows for n in (row.values.get("gift_id"), row.values.get("gift_ref")) if n]
    gifts = queries.gifts_by_number(session, mapping.form.tool, numbers)
    plans = []
    for row, people, digest in zip(rows, drafts, digests, strict=True):
        plan = Plan(row.row, row.line, digest=digest, people=people, summary=_summary(row, people))
        if digest in seen:
            plan.outcome, plan.reason = SAME, f"This row came in before, with import {seen[digest]}."
        else:
            _decide(plan, row, mapping, policy, index, gifts, decided.get(row.row, ("", None))[0])
        plans.append(plan)
    return plans


def put_right(frame: pl.DataFrame, decided: dict[int, tuple[str, dict[str, str] | None]]) -> pl.DataFrame:
    """Cells that people corrected take the place of those of the file."""
    edits = {row: cells for row, (_, cells) in decided.items() if cells}
    here = set(frame[kept.ROW].to_list()) & edits.keys()
    if not here:
        return frame
    places = {place for row in here for place in edits[row] if f"c{place}" in frame.columns}
    rows = frame[kept.ROW].to_list()
    columns = []
    for place in places:
        cells = frame[f"c{place}"].to_list()
        columns.append(pl.Series(f"c{place}", [edits.get(row, {}).get(place, cell) for row, cell in zip(rows, cells, strict=True)], dtype=pl.String))  # fmt: skip
    return frame.with_columns(columns)


def digests_of(frame: pl.DataFrame, salt: str) -> list[int]:
    """A number for each row's text; the second row with the same text gets another one."""
    seen: dict[bytes, int] = {}
    found = []
    columns = [name for name in frame.columns if name.startswith("c")]
    for cells in frame.select(columns).iter_rows():
        text = "\x1f".join(cell or "" for cell in cells).encode("utf-8", "replace")
        times = seen[text] = seen.get(text, 0) + 1
        made = blake2b(text + f"\x1e{salt}\x1e{times}".encode(), digest_size=8).digest()
        found.append(int.from_bytes(made, "big", signed=True))
    return found


def _speaks(row: Understood, mapping: Mapping) -> bool:
    return row.then not in ("skip", "guest")


def _decide(
    plan: Plan, row: Understood, mapping: Mapping, policy: Policy, index: Index, gifts: dict[str, int], choice: str
) -> None:
    if choice == "skip" or row.then in ("skip", "guest"):
        plan.outcome, plan.reason = SKIP, "Somebody decided to leave it out." if choice == "skip" else row.why
        return
    told = money_of(row, mapping)
    plan.extra = extras.extra_of(row, mapping)
    plan.money = told.money
    loud = [words for meaning, words in row.problems if meaning in LOUD or meaning.startswith("p2_email")]
    if told.ask or loud:
        plan.reason = told.ask or loud[0]
        return
    if mapping.form.brings in extras.WITHOUT_PEOPLE:
        fresh = NEW if mapping.form.brings in ("campaigns", "funds") else UPDATE
        plan.outcome, plan.reason = (fresh, "") if plan.extra else (ASK, "The row says nothing we can keep.")
        return
    if told.money is None and told.why and mapping.form.brings in ("gifts", "payments"):
        plan.outcome, plan.reason = SKIP, told.why
        return
    if mapping.form.brings == "payments":
        plan.gift_id = gifts.get(row.values.get("gift_ref", ""), 0)
        plan.outcome, plan.reason = (UPDATE, "") if plan.gift_id else (ASK, "The gift it pays for is not here.")
        return
    if plan.money and plan.money.number and plan.money.number in gifts:
        plan.outcome, plan.gift_id = SAME, gifts[plan.money.number]
        plan.reason = "This gift is here already."
        return
    if plan.money and plan.money.refund_of:
        plan.outcome, plan.evidence = UPDATE, f"refund of {plan.money.refund_of}"
        return
    _join(plan, index, policy, choice)
    notes = [words for meaning, words in row.problems if meaning not in LOUD]
    said = [plan.reason, told.why, *notes[:2]]
    plan.reason = " ".join(part for part in said if part)[:500]


def _join(plan: Plan, index: Index, policy: Policy, choice: str) -> None:
    people = [one for one in plan.people if one.shown or one.external or one.our_id]
    plan.people = people
    if not people:
        plan.reason = "The row names nobody: no name, e-mail, phone or number."
        return
    matches = [_told(choice) if place == 0 and choice else find(one, index) for place, one in enumerate(people)]
    asked = next((match.ask for match in matches if match.ask), "")
    if not asked and policy.existing == "ask" and not choice and any(match.id for match in matches):
        asked = f"{index.known[matches[0].id].shown if matches[0].id in index.known else 'Somebody'} is here already. Is it them?"
    if not asked and not matches[0].id and not people[0].shown:
        value = next(iter(people[0].external.values()), str(people[0].our_id))
        asked = f"Nobody here has the number {value}. Bring the people in first."
    if asked:
        plan.reason = asked
        return
    _second_by_first(people, matches, index)
    for place, (one, match) in enumerate(zip(people, matches, strict=True)):
        number = match.id
        if not number and place and one.role == people[0].role:
            continue
        plan.fresh.append(not number)
        if number and number < 0:
            index.learn(number, one)
        plan.ids.append(number or index.register(one, plan.row))
    plan.outcome = NEW if plan.fresh[0] else UPDATE
    plan.evidence = _evidence(matches[0], index)
    if matches[0].near and plan.fresh[0]:
        plan.reason = f"{matches[0].near[0].upper()}{matches[0].near[1:]}; the two were not joined."


def _told(choice: str) -> Match:
    return Match(int(choice), "somebody decided") if choice.isdigit() else Match()


def _second_by_first(people: list[Someone], matches: list[Match], index: Index) -> None:
    """Within one row the same person is not made twice: "Ann & Ann" with one e-mail is a slip of the pen."""
    for place, one in enumerate(people[1:], start=1):
        if one.kind == people[0].kind and one.sort_key() == people[0].sort_key() and one.named():
            matches[place] = matches[0]
        elif one.role == "two" and not matches[place].id and matches[0].id > 0:
            matches[place] = spouse(one, matches[0].id, index)


def _evidence(match: Match, index: Index) -> str:
    if not match.id:
        return ""
    known = index.known.get(match.id)
    who = known.shown if known else f"number {match.id}"
    return f"{who}, of row {known.row}, {match.how}" if known and match.id < 0 else f"{who}, {match.how}"


def _summary(row: Understood, people: list[Someone]) -> str:
    who = " & ".join(one.shown for one in people[:2] if one.shown and one.role in ("one", "two"))
    if not who:
        who = str(row.values.get("full") or row.values.get("name") or row.values.get("external_id") or "")
    amount = row.values.get("amount")
    said = f"{who} · {_written(amount, row.values.get('currency', ''))}" if amount is not None else who
    return said[:200]


def _written(minor: int, currency: str) -> str:
    return f"{minor / 100:,.2f} {currency}".strip()
