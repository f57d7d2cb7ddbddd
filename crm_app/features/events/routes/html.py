"""The words and fields of the public pages. Everything that came from somebody is escaped."""

from collections.abc import Mapping
from html import escape
from typing import Any

from crm_app.features.events.schemas import OwnRegistration, PublicEvent, PublicTicket

FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title><link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/commonplace.css"><link rel="stylesheet" href="/entrance.css"></head>
<body><main class="entrance event">{inside}</main></body></html>"""
DIETS = ("vegetarian", "vegan", "no nuts", "gluten-free", "halal", "kosher", "no dairy")


def page(title: str, inside: str) -> str:
    return FRAME.format(title=escape(title), inside=inside)


def event(
    one: PublicEvent,
    nonce: str,
    given: Mapping[str, Any] | None = None,
    error: str = "",
    wrong: Mapping[str, str] | None = None,
) -> str:
    where = ", ".join(part for part in (one.venue, one.address) if part)
    parts = [
        f'<p class="brand">{escape(one.organization)}</p>' if one.organization else "",
        f"<h1>{escape(one.name)}</h1>",
        f'<p class="when">{escape(one.when)} <small>({escape(one.zone)})</small><br>{escape(where)}</p>',
        f'<p class="lead">{escape(one.summary)}</p>' if one.summary else "",
        f'<div class="note">{escape(one.description)}</div>' if one.description else "",
        f'<p class="foot"><a href="/e/{escape(one.slug)}/calendar.ics">Put it into your calendar</a></p>',
    ]
    if one.closed:
        parts.append(f'<p class="full"><b>{escape(one.closed)}</b></p>')
    elif not one.tickets or (one.full and not one.waitlist):
        parts.append('<p class="full"><b>This event is full.</b></p>')
    else:
        parts.append(_form(one, nonce, given or {}, error, wrong or {}))
    return page(one.name, "".join(parts))


def _form(one: PublicEvent, nonce: str, given: Mapping[str, Any], error: str, wrong: Mapping[str, str]) -> str:
    honest = ""
    if one.full:
        before = f"{one.waiting} seats are waited for before you. " if one.waiting else ""
        honest = f'<p class="full"><b>All seats are taken.</b> You can join the waitlist. {before}We write to you if a seat is free.</p>'
    said = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    fields = [
        _tickets(one.tickets, given),
        _field("name", "Your name", given, wrong, complete="name"),
        _field("email", "E-mail", given, wrong, kind="email", complete="email"),
        _field("phone", "Phone", given, wrong, kind="tel", must=False, complete="tel"),
        _field("seats", "How many seats", given, wrong, kind="number", value="1", more=f'min="1" max="{one.most}"'),
        *(_question(question, given, wrong, one.tickets) for question in one.questions),
        '<div class="trap" aria-hidden="true"><label for="website">Leave this empty</label>'
        '<input id="website" name="website" tabindex="-1" autocomplete="off"></div>',
        f'<input type="hidden" name="nonce" value="{escape(nonce)}">',
    ]
    button = "Join the waitlist" if one.full else "Register"
    return (
        f'{honest}{said}<form method="post" action="/e/{escape(one.slug)}" novalidate>{"".join(fields)}'
        f'<button type="submit">{button}</button></form>'
        '<p class="foot">We use what you write here for this event only.</p>'
    )


def _tickets(tickets: list[PublicTicket], given: Mapping[str, Any]) -> str:
    if len(tickets) == 1:
        one = tickets[0]
        price = f'<p class="when">{escape(one.name)}: {escape(one.price)}</p>' if one.price != "free" else ""
        approval = "<p><small>We look at every wish before we confirm it.</small></p>" if one.approval else ""
        return f'{price}{approval}<input type="hidden" name="ticket" value="{one.id}">'
    chosen = str(given.get("ticket") or tickets[0].id)
    rows = []
    for one in tickets:
        full = (
            " · full, with a waitlist" if one.left == 0 else f" · {one.left} left" if one.left and one.left <= 5 else ""
        )
        words = f"{one.name}, {one.price}{full}" + (" · we confirm each one" if one.approval else "")
        mark = " checked" if chosen == str(one.id) else ""
        rows.append(
            f'<label class="choice"><input type="radio" name="ticket" value="{one.id}"{mark}> {escape(words)}</label>'
        )
    return f"<fieldset><legend>Ticket</legend>{''.join(rows)}</fieldset>"


def _field(
    name: str,
    label: str,
    given: Mapping[str, Any],
    wrong: Mapping[str, str],
    *,
    kind: str = "text",
    value: str = "",
    must: bool = True,
    complete: str = "off",
    more: str = "",
) -> str:
    said = wrong.get(name, "")
    hint = f'<small id="{name}-wrong" class="no">{escape(said)}</small>' if said else ""
    described = f' aria-invalid="true" aria-describedby="{name}-wrong"' if said else ""
    needed = " required" if must else ""
    shown = escape(str(given.get(name) or value))
    return (
        f'<label for="{name}">{escape(label)}{"" if must else " (if you like)"}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{shown}" maxlength="160" '
        f'autocomplete="{complete}"{needed}{described} {more}>{hint}'
    )


def _question(
    question: tuple[int, str, str, list[str], bool, int],
    given: Mapping[str, Any],
    wrong: Mapping[str, str],
    tickets: list[PublicTicket],
) -> str:
    number, label, kind, options, must, of = question
    name = f"q{number}"
    offered = {one.id: one.name for one in tickets}
    if of and of not in offered:
        return ""
    asked = label if not of or len(offered) == 1 else f"{label} ({offered[of]})"
    if kind in ("choice", "yes_no"):
        answers = options if kind == "choice" else ["yes", "no"]
        now = str(given.get(name) or "")
        made = "".join(f"<option{' selected' if now == one else ''}>{escape(one)}</option>" for one in answers)
        return f'<label for="{name}">{escape(asked)}</label><select id="{name}" name="{name}"><option value=""></option>{made}</select>'
    listed, more = "", ""
    if kind == "diet":
        listed = f'<datalist id="{name}-list">{"".join(f"<option>{one}</option>" for one in DIETS)}</datalist>'
        more = f'list="{name}-list"'
    return _field(name, asked, given, wrong, must=must, more=more) + listed


def own(one: OwnRegistration) -> str:
    """A registration, and what its holder can still do."""
    parts = [
        f'<h1>{escape(one.event)}</h1><p class="when">{escape(one.when)}<br>{escape(one.venue)}</p>',
        f"<h2>{escape(one.words)}</h2>",
        f'<p class="when">{escape(one.name)}, {one.seats} {"seat" if one.seats == 1 else "seats"}</p>',
        f'<p>Order code <span class="code">{escape(one.code)}</span></p>',
        f'<p class="full">{escape(one.due)} to pay.</p>' if one.due else "",
        f'<p class="full">This stands until {escape(one.until)}.</p>' if one.until else "",
        f'<p class="foot"><a href="/e/mine/{escape(one.key)}/calendar.ics">Put it into your calendar</a>. '
        "Keep the address of this page: with it you can change your registration.</p>",
    ]
    if one.status == "offered":
        parts += [
            _button(one, "accept", "Yes, I take it"),
            _button(one, "decline", "No, give it to the next", plain=True),
        ]
    elif one.may_change:
        parts.append(_button(one, "cancel", "Cancel my registration", plain=True))
        parts.append(_hand_over(one) if one.status == "registered" else "")
    elif one.status == "registered":
        parts.append(
            f'<p class="foot">Less than {one.self_cancel_hours} hours before, please write to us to change it.</p>'
        )
    return page(one.event, "".join(parts))


def _button(one: OwnRegistration, verb: str, words: str, *, plain: bool = False) -> str:
    look = ' class="plain"' if plain else ""
    return (
        f'<form method="post" action="/e/mine/{escape(one.key)}"><input type="hidden" name="do" value="{verb}">'
        f'<button type="submit"{look}>{escape(words)}</button></form>'
    )


def _hand_over(one: OwnRegistration) -> str:
    return (
        "<details><summary class='foot'>Give my seats to somebody else</summary>"
        f'<form method="post" action="/e/mine/{escape(one.key)}"><input type="hidden" name="do" value="transfer">'
        '<label for="heir">Their name</label><input id="heir" name="name" required maxlength="160">'
        '<label for="heir-email">Their e-mail</label><input id="heir-email" name="email" type="email" maxlength="160">'
        '<button type="submit">Give them</button></form></details>'
    )
