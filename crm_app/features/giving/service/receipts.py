"""Receipts: previewed and issued by one function, numbered without gaps, voided and replaced, never deleted."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from crm_app.core import files, history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine import receipting
from crm_app.features.giving import queries
from crm_app.features.giving.models import Gift, Receipt, ReceiptLine
from crm_app.features.giving.schemas import Printed, PrintedLine, ProblemRow, ReceiptPreview
from crm_app.features.giving.service.receipt_pdf import draw

SERIES = "R"
SINGLE, ANNUAL = "single", "annual"


class Blocked(Invalid):
    """The rules do not allow this receipt; `problems` says why."""


class AlreadyVoid(Invalid):
    message = "This receipt is void already."


def preview(work: Work, gift_ids: Sequence[int], kind: str = SINGLE) -> ReceiptPreview:
    """What a receipt for these gifts would say, and what stands against it."""
    work.require(Permission.GIVING_READ)
    return _drawn(work, gift_ids, kind)


def issue(work: Work, gift_ids: Sequence[int], kind: str = SINGLE, *, replaces: Receipt | None = None) -> int:
    """Give the next number to what the preview shows, keep it and its PDF for ever."""
    work.require(Permission.GIVING_EDIT)
    drawn = _drawn(work, gift_ids, kind)
    if drawn.blocked:
        words = " ".join(dict.fromkeys(problem.words for problem in drawn.problems)) or "There is nothing to receipt."
        raise Blocked(words, problems=[problem.model_dump() for problem in drawn.problems])
    return _issued(work, drawn.printed, kind, replaces)


def void(work: Work, receipt_id: int, reason: str) -> None:
    """Take a receipt out of force; its number stays in the register, its gifts can be receipted again."""
    work.require(Permission.GIVING_EDIT)
    receipt = work.get(Receipt, receipt_id)
    if receipt.status == "voided":
        raise AlreadyVoid
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why: the register keeps it."})
    receipt.status, receipt.void_reason = "voided", reason
    receipt.voided_at, receipt.voided_by = work.now, work.actor.name
    for line in queries.receipt_lines(work.session, receipt_id):
        line.live = False
    work.session.flush()
    history.record(
        work, "receipt", receipt_id, "voided", constituent_id=receipt.constituent_id, note=reason,
        after={"number": receipt.label},
    )  # fmt: skip
    work.tell("giving")


def replace(work: Work, receipt_id: int, reason: str) -> int:
    """Void a receipt and issue a new one for the same gifts, each naming the other."""
    old = work.get(Receipt, receipt_id)
    gift_ids = [line.gift_id for line in queries.receipt_lines(work.session, receipt_id)]
    void(work, receipt_id, reason)
    new_id = issue(work, gift_ids, old.kind, replaces=old)
    old.replaced_by_id = new_id
    return new_id


def pdf(work: Work, receipt_id: int, *, count_copy: bool = False) -> tuple[str, bytes]:
    """Name and bytes of a receipt: the original once, then copies marked as such; void ones are marked void."""
    work.require(Permission.GIVING_READ)
    receipt = work.get(Receipt, receipt_id)
    if count_copy:
        receipt.copies += 1
    if receipt.status == "voided":
        return f"{receipt.label}-void.pdf", draw(Printed(**receipt.snapshot), mark="VOID")
    if receipt.copies > 1:
        return f"{receipt.label}-copy.pdf", draw(Printed(**receipt.snapshot), mark="COPY")
    stored = work.get(files.StoredFile, receipt.file_id)
    return f"{receipt.label}.pdf", files.path(stored).read_bytes()


def preview_pdf(work: Work, gift_ids: Sequence[int], kind: str = SINGLE) -> bytes:
    return draw(preview(work, gift_ids, kind).printed, mark="DRAFT")


def _drawn(work: Work, gift_ids: Sequence[int], kind: str) -> ReceiptPreview:
    gifts = queries.gifts(work.session, gift_ids)
    if not gifts:
        raise Invalid("There is no gift to receipt.")
    donors = {gift.constituent_id for gift in gifts}
    if len(donors) > 1:
        raise Invalid("One receipt is for one donor.")
    taken = queries.receipted(work.session, gift_ids)
    issuer, donor = issuer_of(work), donor_of(work, donors.pop())
    pack = receipting.pack_for(queries.organization(work.session).country)
    drawn = receipting.draw_up(pack, issuer, donor, [line_of(gift) for gift in gifts if gift.id not in taken])
    problems = [ProblemRow(gift_id=problem.gift_id, words=problem.words) for problem in drawn.problems]
    problems += [ProblemRow(gift_id=one, words=f"Receipt {label} stands on it.") for one, label in taken.items()]
    return ReceiptPreview(printed=_printed(work, drawn, issuer, donor, kind), problems=problems, blocked=drawn.blocked)


def line_of(gift: Gift) -> receipting.Line:
    return receipting.Line(
        gift_id=gift.id or 0,
        given_on=gift.given_on,
        paid=gift.paid or 0,
        benefit=gift.benefit,
        currency=gift.currency,
        kind=gift.kind,
        status=gift.status,
        description=gift.description,
    )


def issuer_of(work: Work) -> receipting.Party:
    us = queries.organization(work.session)
    return receipting.Party(us.legal_name or us.name, us.address, us.tax_number, "organization")


def donor_of(work: Work, constituent_id: int) -> receipting.Party:
    row = queries.names(work.session, [constituent_id])[constituent_id]
    address = queries.addresses(work.session, [constituent_id]).get(constituent_id)
    return receipting.Party(row.addressee or row.display_name, _lines(address), str(row.id), row.kind)


def _lines(address) -> str:
    if address is None:
        return ""
    place = " ".join(part for part in (address.city, address.region, address.postal_code) if part)
    return "\n".join(part for part in (address.line1, address.line2, place, address.country) if part)


def _printed(
    work: Work, drawn: receipting.Drawn, issuer: receipting.Party, donor: receipting.Party, kind: str
) -> Printed:
    us = queries.organization(work.session)
    amounts = zip(drawn.lines, drawn.receiptable, strict=True)
    return Printed(
        title=drawn.pack.title,
        kind=kind,
        issuer=issuer.name,
        issuer_address=issuer.address,
        issuer_number=issuer.number,
        issuer_contact=" · ".join(part for part in (us.email, us.phone, us.website) if part),
        donor=donor.name,
        donor_address=donor.address,
        issued_on=today(work),
        issued_by=work.actor.name,
        currency=drawn.lines[0].currency if drawn.lines else us.currency,
        locale=us.locale,
        lines=[
            PrintedLine(
                gift_id=line.gift_id, given_on=line.given_on, kind=line.kind, description=line.description,
                paid=line.paid, benefit=line.paid - amount, receiptable=amount,
            )
            for line, amount in amounts
        ],
        paid=drawn.paid,
        benefit=drawn.benefit,
        receiptable=drawn.total,
        statements=list(drawn.statements),
        rules=drawn.pack.version,
        sources=list(drawn.pack.sources),
    )  # fmt: skip


def today(work: Work) -> date:
    """The day it is where we are: receipts of New Year's Eve belong to the old year."""
    return work.now.astimezone(ZoneInfo(queries.organization(work.session).time_zone)).date()


def _issued(work: Work, printed: Printed, kind: str, replaces: Receipt | None) -> int:
    us, year = queries.organization(work.session), printed.issued_on.year
    number = queries.next_number(work.session, us.id or 1, SERIES, year)
    label = f"{SERIES}-{year}-{number:06d}"
    final = printed.model_copy(update={"label": label, "replaces": replaces.label if replaces else ""})
    stored = files.keep(work, f"{label}.pdf", draw(final), "receipt")
    gifts = queries.gifts(work.session, [line.gift_id for line in final.lines])
    receipt = work.add(
        Receipt(
            organization_id=us.id or 1,
            series=SERIES,
            year=year,
            number=number,
            label=label,
            kind=kind,
            constituent_id=gifts[0].constituent_id,
            donor=final.donor,
            amount=final.paid,
            benefit=final.benefit,
            receiptable=final.receiptable,
            currency=final.currency,
            rules=final.rules,
            from_on=min(line.given_on for line in final.lines),
            to_on=max(line.given_on for line in final.lines),
            issued_on=final.issued_on,
            issued_at=work.now,
            issued_by=work.actor.name,
            snapshot=final.model_dump(mode="json"),
            file_id=stored.id,
            pdf_sha256=stored.sha256,
            replaces_id=replaces.id if replaces else None,
        )
    )
    for line in final.lines:
        kept = line.model_dump(include={"gift_id", "given_on", "benefit", "receiptable"})
        work.session.add(ReceiptLine(receipt_id=receipt.id, amount=line.paid, **kept))
    work.session.flush()
    after = {"number": label, "amount": final.receiptable, "gifts": [line.gift_id for line in final.lines]}
    history.record(work, "receipt", receipt.id, "issued", after=after, constituent_id=receipt.constituent_id)
    work.tell("giving")
    return receipt.id
