"""Notebooks as readable files: YAML in and out, older schemas moved on, mistakes in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml
from pydantic import ValidationError

from crm_app.engine.segment.definition import SCHEMA, Notebook

# From each schema to the next one: `MOVES[1]` turns a notebook of schema 1 into one of schema 2.
MOVES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class Unreadable(ValueError):
    """A file that is not a notebook, with where and why."""


def to_data(notebook: Notebook) -> dict[str, Any]:
    return {"schema_version": SCHEMA, **notebook.model_dump(mode="json", exclude_defaults=True)}


def to_json(notebook: Notebook) -> str:
    return json.dumps(to_data(notebook), ensure_ascii=False)


def to_yaml(notebook: Notebook) -> str:
    return yaml.safe_dump(to_data(notebook), sort_keys=False, allow_unicode=True, width=100)


def from_data(data: object) -> Notebook:
    if not isinstance(data, dict):
        raise Unreadable("This file is not a notebook.")
    version = data.get("schema_version", SCHEMA)
    if not isinstance(version, int) or version > SCHEMA:
        raise Unreadable(f"This notebook was written by a newer version (schema {version}).")
    while version < SCHEMA:
        data, version = MOVES[version](data), version + 1
    try:
        return Notebook.model_validate({**data, "schema_version": SCHEMA})
    except ValidationError as errors:
        first = errors.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise Unreadable(f"{place or 'The notebook'}: {first['msg'].removeprefix('Value error, ')}") from errors


def from_json(text: str) -> Notebook:
    try:
        return from_data(json.loads(text))
    except json.JSONDecodeError as error:
        raise Unreadable("This is not readable as JSON.") from error


def from_yaml(text: str) -> Notebook:
    try:
        return from_data(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise Unreadable(f"This is not readable as YAML{where}.") from error
