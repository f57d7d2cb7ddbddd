"""The frontend is built once; a stamp of everything that goes into it decides when again."""

import base64
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

from crm_app.core.errors import CrmError

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / ".web"
STATIC = WEB / "build" / "client"
STAMP = WEB / "commonplace.stamp"
LEFT_OUT = ("core", "engine", "store", "server", "demo")
"""Rooms of crm_app no page is made of: changing them needs no new build."""
ROOMS_LEFT_OUT = ("service", "queries", "models", "jobs", "facts", "follows", "cli")


class BuildFailed(CrmError):
    message = "The pages could not be built."


def prepare() -> None:
    """The JavaScript runtime is a wheel in our own environment; nothing else is looked for or downloaded."""
    scripts = sysconfig.get_path("scripts")
    parts = os.environ.get("PATH", "").split(os.pathsep)
    if scripts not in parts:
        os.environ["PATH"] = os.pathsep.join([scripts, *parts])
    os.environ.setdefault("REFLEX_USE_SYSTEM_BUN", "1")
    os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "0")
    os.environ.setdefault("REFLEX_SSR", "false")


def sources() -> list[Path]:
    found = [ROOT / "rxconfig.py", ROOT / "reflex.lock" / "bun.lock", *sorted((ROOT / "assets").rglob("*"))]
    for path in sorted((ROOT / "crm_app").rglob("*.py")):
        rooms = path.relative_to(ROOT / "crm_app").with_suffix("").parts
        if rooms[0] in LEFT_OUT or (rooms[0] == "features" and any(room in ROOMS_LEFT_OUT for room in rooms[2:])):
            continue
        found.append(path)
    return [path for path in found if path.is_file()]


def fingerprint(port: int) -> str:
    said = hashlib.sha256(f"{version('reflex')}|{port}|{os.environ.get('CRM_ORIGIN', '')}".encode())
    for path in sources():
        said.update(str(path.relative_to(ROOT)).encode())
        said.update(path.read_bytes())
    return said.hexdigest()


def build(port: int, force: bool = False) -> bool:
    """Build the pages for this port unless they are there already; True when it built."""
    wanted = fingerprint(port)
    if not force and (STATIC / "index.html").exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return False
    environment = dict(os.environ, REFLEX_BACKEND_PORT=str(port), REFLEX_FRONTEND_PORT=str(port))
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--no-ssr"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not (STATIC / "index.html").exists():
        raise BuildFailed(hint="\n" + (done.stdout + done.stderr)[-3000:])
    STAMP.write_text(wanted)
    return True


def script_hashes() -> list[str]:
    """The inline scripts of our own built pages, as the content security policy names them."""
    found = set()
    for page in STATIC.rglob("*.html"):
        for attributes, script in re.findall(r"<script([^>]*)>(.*?)</script>", page.read_text("utf-8"), re.S):
            if "src=" not in attributes:
                digest = hashlib.sha256(script.encode()).digest()
                found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return sorted(found)
