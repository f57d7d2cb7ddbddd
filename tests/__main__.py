"""`make test`: what computes on every core first, then a real server and a real browser with the machine to itself."""

import subprocess
import sys
import time

from tests.browsing import chromium

SLOW = ("tests/server", "tests/browser")
PARTS = {
    "what computes": ["-n", "2", "--dist", "loadfile", "tests", *[f"--ignore={path}" for path in SLOW]],
    # A journey that fails is tried once more in a fresh tab, and the report names it: on a shared machine a browser
    # may be kept waiting for longer than any time limit is worth.
    "the server and the browser": ["--reruns", "1", *SLOW],
}


def main(arguments: list[str]) -> int:
    if arguments:
        return pytest(arguments)
    if not chromium():
        print("No Chromium was found (Debian: apt-get install chromium): browser journeys are skipped.")
    worst = 0
    for name, part in PARTS.items():
        started = time.monotonic()
        print(f"--- {name}", flush=True)
        code = pytest([*part, "-rsR"])
        print(f"{'passed' if code == 0 else 'FAILED'} after {time.monotonic() - started:.0f} s", flush=True)
        worst = worst or code
    return worst


def pytest(arguments: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
