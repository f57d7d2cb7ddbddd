"""Search words of the demo world, gathered aside and written in the order of their index."""

from typing import Any

import sqlalchemy as sa

from crm_app.demo.loader import write_rows
from crm_app.demo.world import World
from crm_app.features.constituents.folding import name_terms, shortened
from crm_app.features.constituents.models import SearchTerm

ASIDE = sa.Table("demo_terms", sa.MetaData(), sa.Column("term", sa.Text), sa.Column("constituent_id", sa.Integer))
ENOUGH = 50_000


class Terms:
    def __init__(self, world: World):
        self.session = world.work.session
        self.large = world.loader.large
        self.rows: list[list[Any]] = []
        self.session.execute(sa.text("DROP TABLE IF EXISTS demo_terms"))
        self.session.execute(sa.text("CREATE TEMPORARY TABLE demo_terms (term TEXT, constituent_id INTEGER)"))

    def of_name(self, name: str) -> set[str]:
        return name_terms(name)

    def of_person(self, values: dict[str, Any]) -> set[str]:
        first, middle, last = values["first_name"], values.get("middle_name", ""), values["last_name"]
        found = name_terms(first, last)
        if middle:
            found |= name_terms(first, middle, last)
        if nickname := values.get("nickname", ""):
            found |= name_terms(nickname) | name_terms(nickname, last)
        return found

    def put(self, number: int, terms: set[str]) -> None:
        self.rows.extend([term, number] for term in shortened(terms))
        if len(self.rows) > ENOUGH:
            self._write()

    def _write(self) -> None:
        write_rows(self.session, ASIDE, ["term", "constituent_id"], self.rows)
        self.rows = []

    def finish(self) -> None:
        self._write()
        aside = [index for index in SearchTerm.__table__.indexes if self.large]  # type: ignore[attr-defined]
        for index in aside:
            index.drop(self.session.connection())
        collation = "" if self.session.get_bind().dialect.name == "sqlite" else ' COLLATE "C"'
        self.session.execute(
            sa.text(
                "INSERT INTO search_term (term, constituent_id) "
                f"SELECT DISTINCT term{collation}, constituent_id FROM demo_terms ORDER BY 1, 2"
            )
        )
        self.session.execute(sa.text("DROP TABLE demo_terms"))
        for index in aside:
            index.create(self.session.connection())
