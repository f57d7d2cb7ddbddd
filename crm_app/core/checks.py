"""`crm check`: is the database whole? Features add their own questions."""

from collections.abc import Callable, Iterable

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Session

from crm_app.core import files, history
from crm_app.core.database import Database
from crm_app.core.migrations import differences, faults

Question = Callable[[Session], Iterable[str]]
_questions: list[tuple[str, Question]] = []


class Answer(BaseModel):
    question: str
    faults: list[str]


def question(words: str) -> Callable[[Question], Question]:
    """Declare a question about the data; what it yields is wrong, in words."""

    def declare(asked: Question) -> Question:
        _questions.append((words, asked))
        return asked

    return declare


def check(database: Database) -> list[Answer]:
    """Ask everything; an answer without faults is a good one."""
    answers = [Answer(question="Tables are what they should be", faults=differences(database)[:10])]
    answers.append(Answer(question="Pages of the file are whole", faults=_integrity(database)))
    with database.read() as session:
        answers.append(
            Answer(question="History is unbroken", faults=[f"entry {i}" for i in history.broken(session)][:10])
        )
        answers.append(Answer(question="Kept files are there", faults=list(_missing_files(session))[:10]))
        for words, asked in _questions:
            answers.append(Answer(question=words, faults=list(asked(session))[:10]))
    return answers


def _integrity(database: Database) -> list[str]:
    if not database.sqlite:
        return []
    with database.engine.connect() as connection:
        said = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check(5)")]
        return [fault for fault in said if fault != "ok"] + faults(connection)


def _missing_files(session: Session) -> Iterable[str]:
    for digest, name in session.execute(sa.select(files.StoredFile.sha256, files.StoredFile.name)):
        if not files.of_hash(digest).exists():
            yield f"{name} ({digest[:12]})"
