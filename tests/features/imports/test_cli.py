"""`crm import` and `crm export`, as a script calls them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm_app.cli import app
from crm_app.core.database import _known

run = CliRunner()


@pytest.fixture(autouse=True)
def _fresh() -> None:
    _known.cache_clear()


def test_a_list_comes_in_and_everything_goes_out_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crm_app.core.config import settings

    people = tmp_path / "people.csv"
    people.write_text("First name,Last name,Email\nAnn,Lee,ann@example.org\nBo,Ray,nonsense\n")
    came = run.invoke(app, ["import", str(people), "--json"])
    assert came.exit_code == 0, came.output
    assert json.loads(came.stdout)["outcomes"] == {"new": 1, "ask": 1}
    whole = tmp_path / "all.zip"
    assert run.invoke(app, ["export", str(whole)]).exit_code == 0
    monkeypatch.setenv("CRM_DATA", str(tmp_path / "second"))
    settings.cache_clear()
    assert run.invoke(app, ["import", str(whole)]).exit_code == 0
    out = tmp_path / "out.csv"
    went = run.invoke(app, ["export", str(out), "--columns", "email", "--json"])
    assert json.loads(went.stdout)["rows"] == 1
    assert "ann@example.org" in out.read_text(encoding="utf-8-sig")


def test_a_check_changes_nothing(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("First name,Last name\nAnn,Lee\n")
    said = run.invoke(app, ["import", str(people), "--check"])
    assert "1 rows" in said.output
    assert "New" in said.output
