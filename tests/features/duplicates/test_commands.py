"""`crm duplicates` without a browser."""

import csv
import json

import pytest
from typer.testing import CliRunner

from crm_app.core.work import open_work
from crm_app.features.constituents.service import create
from crm_app.features.duplicates import cli
from tests.features.duplicates.conftest import person


@pytest.fixture
def crm(db, monkeypatch):
    monkeypatch.setattr(cli, "database", lambda: db)

    def run(*words: object):
        done = CliRunner().invoke(cli.duplicates, [str(word) for word in words])
        assert done.exit_code == 0, done.output
        return json.loads(done.output) if "--json" in words else done.output

    return run


def test_find_merge_and_undo(crm, db, admin):
    with open_work(db, admin) as work:
        maria = create(work, person("Maria", "Okonkwo", "maria.o77@example.net", "", "14 Oak Lane"))
        mary = create(work, person("Mary", "Okonkwo", "maria.o77@example.net", "", "14 Oak Ln"))
    found = crm("find", "--json")
    assert found["certain"] + found["review"] == 1
    assert "Nothing was changed" in crm("merge", maria, mary, "--dry-run")
    (merge_id,) = crm("merge", maria, mary, "--json")["merges"]
    assert crm("undo", merge_id, "--json")[0]["stayed"] == []


def test_a_file_is_scored_without_a_database(tmp_path):
    rows = [
        {"id": "a1", "first": "Maria", "last": "Okonkwo", "email": "maria.o77@example.net", "zip": "19901"},
        {"id": "a2", "first": "Mary", "last": "Okonkwo", "email": "maria.o77@example.net", "zip": "19901"},
        {"id": "a3", "first": "Peter", "last": "Lindqvist", "email": "", "zip": "60601"},
    ]
    with (tmp_path / "people.csv").open("w", newline="") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    words = ["score", tmp_path / "people.csv", "--out", tmp_path / "pairs.csv", "--clusters", tmp_path / "clusters.csv"]
    done = CliRunner().invoke(cli.duplicates, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    (pair,) = list(csv.DictReader((tmp_path / "pairs.csv").open()))
    assert (pair["id_l"], pair["id_r"]) == ("a1", "a2")
    assert float(pair["score"]) > 0.5
    assert {row["id"] for row in csv.DictReader((tmp_path / "clusters.csv").open())} == {"a1", "a2"}
