"""Forms of the profile: the record in place, the rest in small windows; what clashed is shown side by side."""

from typing import Any

import reflex as rx

from crm_app.features.profiles.state import DeedState, ProfileState
from crm_app.ui import parts as ui

P, D = ProfileState, DeedState
E = DeedState.errors
LABELS = [("home", "Home"), ("work", "Work"), ("mobile", "Mobile"), ("main", "Main"), ("other", "Other")]
KINDS = [("call", "A call"), ("meeting", "A meeting"), ("visit", "A visit"), ("email", "An e-mail"), ("letter", "A letter"), ("text", "A text"), ("video", "A video call"), ("other", "Something else")]  # fmt: skip
OUTCOMES = [("reached", "Reached them"), ("left_message", "Left a message"), ("no_answer", "No answer"), ("said_yes", "Said yes"), ("said_no", "Said no"), ("follow_up", "To be followed up"), ("wrong_number", "Wrong number")]  # fmt: skip
PURPOSES = [("thanks", "To thank"), ("ask", "To ask"), ("cultivation", "To get to know"), ("stewardship", "To report"), ("events", "An event"), ("volunteering", "Volunteering"), ("service", "To help"), ("other", "Something else")]  # fmt: skip
PRIVACY = [("everyone", "Everyone here"), ("team", "Those who may see private notes"), ("author", "Only me")]


def record_form() -> rx.Component:
    """The record's own fields, edited where they stand."""
    return rx.cond(D.doing == "names", rx.el.section(ui.named("Edit"), _clashes(), _record(), class_name="section"))


def _record() -> rx.Component:
    value = D.draft
    person = rx.fragment(
        ui.fields(
            ui.text_field("Title", "prefix", value=value["prefix"]),
            ui.text_field("First name", "first_name", value=value["first_name"], errors=E),
            ui.text_field("Middle name", "middle_name", value=value["middle_name"]),
            ui.text_field("Last name", "last_name", value=value["last_name"], errors=E),
            ui.text_field("Suffix", "suffix", value=value["suffix"]),
            ui.text_field("Called", "nickname", value=value["nickname"]),
            ui.text_field("Pronouns", "pronouns", value=value["pronouns"]),
            ui.text_field("Work", "job_title", value=value["job_title"]),
            ui.text_field("Born: year", "birth_year", value=value["birth_year"], input_mode="numeric"),
            ui.text_field("Month", "birth_month", value=value["birth_month"], input_mode="numeric"),
            ui.text_field("Day", "birth_day", value=value["birth_day"], input_mode="numeric"),
        ),
        rx.cond(E.contains("birth"), rx.el.p(E["birth"], class_name="error", role="alert")),
    )
    body = ui.fields(ui.text_field("Name", "name", value=value["name"], errors=E))
    greetings = ui.fold(
        "Letters",
        rx.el.p("These follow from the name until somebody writes them by hand.", class_name="small soft"),
        ui.fields(
            ui.text_field("Dear …", "greeting", value=value["greeting"]),
            ui.text_field("Formally", "formal_greeting", value=value["formal_greeting"]),
            ui.text_field("On the envelope", "addressee", value=value["addressee"]),
        ),
        _switch("Keep these as they are", "names_locked"),
    )
    more = rx.fragment(
        ui.fields(
            ui.choice("Looked after by", "owner_id", D.owners, none="Nobody", value=value["owner_id"]),
            ui.text_field("Alert", "alert", value=value["alert"], hint="Stands above the page, for everyone."),
            ui.date("Alert until", "alert_until", value=value["alert_until"]),
        ),
        rx.cond(
            P.head["kind"] == "person",
            ui.fields(
                _switch("Has died", "deceased"), ui.date("On", "deceased_on", value=value["deceased_on"], errors=E)
            ),
        ),
        _switch("Never name them in public lists", "anonymous"),
    )
    return ui.form(
        rx.cond(P.head["kind"] == "person", person, body),
        more,
        greetings,
        on_submit=D.save,
        foot=[ui.button("Save", kind="main", submit=True, key="mod+enter"), ui.button("Cancel", on_click=D.shut)],
        full=True,
    )


def _switch(words: str, name: str) -> rx.Component:
    """A box, and beside it word that the form has it: a box that is off sends nothing."""
    return rx.fragment(
        rx.el.input(type="hidden", name=f"has_{name}", value="yes"), ui.check(words, name, value=D.switches[name])
    )


def _clashes() -> rx.Component:
    """Theirs and mine, field by field."""
    row = lambda one: rx.el.tr(  # noqa: E731
        rx.el.th(one["label"], scope="row"), rx.el.td(one["theirs"]), rx.el.td(rx.el.b(one["mine"]))
    )
    made = rx.el.table(
        rx.el.caption("Fields both of you changed", class_name="for-ears"),
        rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in ("", "Theirs, there now", "Mine")])),
        rx.el.tbody(rx.foreach(D.clashes, row)),
        class_name="table",
    )
    return rx.cond(
        D.clashes.length() > 0,
        rx.el.div(
            ui.banner("Somebody else changed this while you were typing. Nothing is lost: choose.", warn=True),
            made,
            ui.row(
                ui.button("Keep mine", kind="main", on_click=D.take_mine),
                ui.button("Keep theirs", on_click=D.take_theirs),
            ),
            role="alert",
        ),
    )


def windows() -> rx.Component:
    return rx.fragment(
        _window("talk", "A conversation", _talk()),
        _window("note", "A note", _note()),
        _window("task", "Something to do", _task()),
        _window("hat", "A hat", _hat()),
        _window("tag", "A tag", _tag()),
        _window("name", "Another name", _name()),
        _window("relate", "Who belongs to them?", _relate()),
        _window("consent", "What did they say?", _consent()),
        _window("file", "A file or a picture", _file()),
        _window("point", "How to reach them", _point()),
    )


def _window(what: str, title: str, inside: rx.Component) -> rx.Component:
    return ui.dialog(title, inside, open=D.doing == what, on_close=D.shut)


def _foot(words: str = "Save") -> list[rx.Component]:
    return [ui.button("Cancel", on_click=D.shut), ui.button(words, kind="main", submit=True, key="mod+enter")]


def _talk() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.choice("What", "kind", KINDS, id="talk-kind"),
            ui.choice(
                "Who reached whom",
                "direction",
                [("out", "We reached them"), ("in", "They reached us")],
                id="talk-direction",
            ),
            ui.choice("How it ended", "outcome", OUTCOMES, id="talk-outcome", errors=E),
            ui.choice("What for", "purpose", PURPOSES, none="Nothing special", id="talk-purpose"),
            ui.date("When", "on", id="talk-on", hint="Today, if empty.", errors=E),
            ui.text_field("Minutes", "minutes", id="talk-minutes", input_mode="numeric"),
        ),
        ui.area("What was said", "body", prose=True, id="talk-body"),
        ui.fields(
            ui.date("Follow up on", "follow_up_on", id="talk-follow"),
            ui.text_field("What is to be done", "follow_up", id="talk-task"),
            ui.choice("Who may read it", "privacy", PRIVACY, id="talk-privacy"),
        ),
        on_submit=D.log_talk,
        foot=_foot("Write down"),
    )


def _note() -> rx.Component:
    return ui.form(
        ui.area("Note", "note", prose=True, errors=E, id="note-body"),
        ui.fields(ui.choice("Who may read it", "privacy", PRIVACY, id="note-privacy")),
        ui.check("Keep it on top", "pinned"),
        on_submit=D.add_note,
        foot=_foot(),
    )


def _task() -> rx.Component:
    return ui.form(
        ui.text_field("What is to be done", "title", must=True, errors=E, id="task-title"),
        ui.fields(
            ui.date("By", "due_on", id="task-due"), ui.choice("Who", "owner", D.owners, none="Me", id="task-owner")
        ),
        on_submit=D.add_task,
        foot=_foot("Add"),
    )


def _hat() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.choice("Hat", "hat", D.hats, errors=E, id="hat-kind"),
            ui.date("Since", "started_on", id="hat-from"),
            ui.date("Until", "ended_on", errors=E, id="hat-to"),
        ),
        on_submit=D.put_hat,
        foot=_foot(),
    )


def _tag() -> rx.Component:
    return ui.form(
        ui.text_field(
            "Tag", "tag", must=True, errors=E, id="tag-name", list="tags-known", hint="A new word makes a new tag."
        ),
        rx.el.datalist(rx.foreach(D.tags, lambda word: rx.el.option(value=word)), id="tags-known"),
        on_submit=D.put_tag,
        foot=_foot("Tag"),
    )


def _name() -> rx.Component:
    kinds = [("former", "Former name"), ("birth", "Name at birth"), ("alias", "Also known as"), ("legal", "Legal name")]
    return ui.form(
        ui.fields(
            ui.choice("What", "kind", kinds, id="name-kind"),
            ui.text_field("First name", "first_name", id="name-first"),
            ui.text_field("Last name", "last_name", id="name-last"),
        ),
        rx.cond(E.contains("name"), rx.el.p(E["name"], class_name="error", role="alert")),
        on_submit=D.add_name,
        foot=_foot(),
    )


def _relate() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.choice(P.head["name"], "kind", D.types, id="relate-kind"),
            ui.combo("Whom", "other", text=D.chosen, key="other-" + D.chosen.to(str), on_text=D.seek_other, found=D.found, on_choose=D.choose_other, on_leave=D.leave_other, placeholder="Two letters are enough"),
            ui.text_field("As", "title", id="relate-title", placeholder="Head of programs"),
            ui.date("Since", "started_on", id="relate-from"),
        ),
        rx.cond(E.contains("other"), rx.el.p(E["other"], class_name="error", role="alert")),
        ui.check("May sign up, consent or pay for them", "acts"),
        on_submit=D.relate,
        foot=_foot(),
    )  # fmt: skip


def _consent() -> rx.Component:
    channels = [
        ("email", "E-mail"),
        ("phone", "Phone"),
        ("text", "Text message"),
        ("post", "Post"),
        ("all", "Everything"),
    ]
    purposes = [
        ("news", "News"),
        ("fundraising", "Fundraising"),
        ("events", "Events"),
        ("volunteering", "Volunteering"),
        ("all", "Everything"),
    ]
    states = [
        ("granted", "They said yes"),
        ("refused", "They said no"),
        ("withdrawn", "They asked us to stop"),
        ("not_asked", "Not asked after all"),
    ]
    bases = [
        ("consent", "Consent"),
        ("legitimate interest", "Legitimate interest"),
        ("contract", "Contract"),
        ("legal duty", "Legal duty"),
    ]
    return ui.form(
        ui.fields(
            ui.choice("How", "channel", channels, errors=E, id="consent-channel"),
            ui.choice("What for", "purpose", purposes, errors=E, id="consent-purpose"),
            ui.choice("What they said", "state", states, errors=E, id="consent-state"),
            ui.choice("Reason in law", "basis", bases, id="consent-basis"),
            ui.text_field("Where", "source", id="consent-source", placeholder="Supper card, by phone …"),
            ui.date("Until", "expires_on", id="consent-until"),
        ),
        ui.area("The words they agreed to", "wording", id="consent-wording"),
        on_submit=D.say_consent, foot=_foot("Write down"),
    )  # fmt: skip


def _file() -> rx.Component:
    def drop(words: str, kind: str) -> rx.Component:
        number = P.head["id"].to_string()
        return rx.el.label(
            rx.el.b(words),
            rx.el.span("Choose it, or drop it here.", custom_attrs={"data-says": ""}),
            rx.el.input(type="file", class_name="for-ears", aria_label=words),
            class_name="drop",
            custom_attrs={"data-upload": "/people/" + number + "/files", "data-withkind": kind},
        )

    done = rx.el.button(
        type="button", hidden=True, on_click=D.shut, custom_attrs={"data-uploaded": ""}, aria_label="Done"
    )
    return rx.el.div(drop("A file", "document"), drop("Their picture", "photo"), done, class_name="stack")


def _point() -> rx.Component:
    kind, value = D.point["kind"], D.point
    label = ui.choice("Where", "label", LABELS, value=_of("label"), id="point-label")
    forms = rx.match(
        kind,
        ("email", ui.fields(ui.email("E-mail", "address", value=_of("address"), errors=E, id="point-address"), label)),
        ("phone", ui.fields(ui.text_field("Phone", "number", value=_of("number"), errors=E, id="point-number"), ui.text_field("Extension", "extension", value=_of("extension"), id="point-extension"), label)),
        ("website", ui.fields(ui.text_field("Address", "url", value=_of("url"), errors=E, id="point-url"), label)),
        ui.fields(
            ui.text_field("Street and number", "line1", value=_of("line1"), errors=E, id="point-line1"),
            ui.text_field("Flat, floor", "line2", value=_of("line2"), id="point-line2"),
            ui.text_field("Town", "city", value=_of("city"), id="point-city"),
            ui.text_field("State or region", "region", value=_of("region"), id="point-region"),
            ui.text_field("Postal code", "postal_code", value=_of("postal_code"), id="point-postal"),
            ui.text_field("Country", "country", value=_of("country"), id="point-country", hint="Two letters"),
            ui.text_field("From, each year", "season_from", value=_of("season_from"), id="point-from", placeholder="11-15"),
            ui.text_field("To", "season_to", value=_of("season_to"), id="point-to", placeholder="04-01"),
            label,
        ),
    )  # fmt: skip
    there = value["id"] != "0"
    deeds = rx.cond(
        there,
        ui.row(
            ui.button("Make it the first", small=True, on_click=D.make_primary),
            rx.cond(kind == "address", ui.button("Mail came back", small=True, on_click=D.mark_point("undeliverable")), ui.button("Does not work", small=True, on_click=D.mark_point("invalid"))),
            ui.button("Works", small=True, on_click=D.mark_point("ok")),
            ui.button("Remove", small=True, kind="danger", on_click=D.remove_point),
        ),
    )  # fmt: skip
    return ui.form(forms, deeds, on_submit=D.save_point, foot=_foot())


def _of(name: str) -> Any:
    return rx.cond(D.point.contains(name), D.point[name], "").to(str)
