"""Parts say what they are to those who do not see them."""

import reflex as rx

from crm_app.ui import parts as ui


class PartsTestState(rx.State):
    errors: dict[str, str] = {}
    open: bool = False


def said(component: rx.Component) -> str:
    return str(component.render())


def test_an_icon_button_has_a_name():
    assert '"aria-label":"Close the list"' in said(ui.icon_button("close", "Close the list"))


def test_a_key_shows_and_presses():
    rendered = said(ui.button("Merge", key="m"))
    assert '"data-key":"m"' in rendered
    assert '"M"' in rendered


def test_a_field_ties_label_hint_and_error_to_its_control():
    rendered = said(ui.text_field("Name", "name", hint="In full.", errors={"name": "Needed."}, must=True))
    for wanted in (
        'htmlFor:"field-name"',
        'id:"field-name"',
        '"aria-describedby":"field-name-hint field-name-error"',
        '"aria-invalid":"true"',
        '"aria-required":"true"',
        'role:"alert"',
    ):
        assert wanted in rendered


def test_a_field_reads_its_error_from_the_state():
    rendered = said(ui.money("Amount", "amount", unit="$", errors=PartsTestState.errors))
    assert "errors" in rendered
    assert '"true" : "false"' in rendered


def test_a_dialog_follows_the_state_and_has_a_title():
    rendered = said(ui.dialog("Record a call", open=PartsTestState.open, on_close=rx.noop()))
    assert '"data-open":' in rendered
    assert '"aria-label":"Record a call"' in rendered
    assert '"data-close"' in rendered


def test_progress_is_told_in_numbers():
    rendered = said(ui.progress(40, label="Importing"))
    assert 'role:"progressbar"' in rendered
    assert '"aria-valuenow":40' in rendered


def test_a_drawing_has_words():
    assert '"aria-label":"Rising"' in said(ui.spark("M0 0 L1 1", "Rising"))


def test_the_kit_exports_what_it_names():
    assert [name for name in ui.__all__ if not hasattr(ui, name)] == []
