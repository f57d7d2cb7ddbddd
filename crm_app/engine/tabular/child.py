"""Reading in a process of its own, with limits on memory, time and size: a hostile file ends the child, not the server.

Run as `python -m crm_app.engine.tabular.child FILE OUT OPTIONS`; answers one line of JSON.
"""

import contextlib
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from crm_app.engine.tabular.shape import Limits, Reading, Unreadable

TOO_HEAVY = "This file asks for more memory or time than a list should. It was not opened."
SAVE_AS_CSV = "Open it in a spreadsheet, keep only the rows you need, and save it as CSV."


def read_apart(path: Path, out: Path, *, sheet: str = "", limits: Limits = Limits()) -> Reading:
    """Read PATH in a child process. Raises Unreadable with one clear message whatever the file does."""
    options = json.dumps({"sheet": sheet, "limits": asdict(limits)})
    command = [sys.executable, "-m", "crm_app.engine.tabular.child", str(path), str(out), options]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=limits.seconds, check=False, cwd=_root(), env=_environment()
        )
    except subprocess.TimeoutExpired as problem:
        raise Unreadable(TOO_HEAVY, SAVE_AS_CSV) from problem
    answer = _answer(done.stdout)
    if "reading" in answer:
        return Reading(**answer["reading"])
    raise Unreadable(answer.get("message", TOO_HEAVY), answer.get("hint", SAVE_AS_CSV))


def _root() -> str:
    return str(Path(__file__).resolve().parents[3])


def _environment() -> dict[str, str]:
    """The child needs no setting and no secret of ours; one thread keeps its memory small."""
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": _root(), "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _answer(output: bytes) -> dict:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    try:
        return json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}


def main(arguments: list[str]) -> int:
    path, out, options = Path(arguments[0]), Path(arguments[1]), json.loads(arguments[2])
    limits = Limits(**options["limits"])
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from crm_app.engine.tabular.reader import read
    from crm_app.engine.tabular.recognise import known

    try:
        answer = {"reading": read(path, out, sheet=options["sheet"], limits=limits, known=known).as_dict()}
    except Unreadable as problem:
        answer = {"message": problem.message, "hint": problem.hint}
    except MemoryError:
        answer = {"message": TOO_HEAVY, "hint": SAVE_AS_CSV}
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
