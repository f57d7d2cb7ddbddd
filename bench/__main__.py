"""`make bench`: runs the measurements named, or lists them. Each prints its own figures beside a named peer's."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def known() -> list[str]:
    return sorted(
        ".".join(path.relative_to(HERE).with_suffix("").parts)
        for path in HERE.rglob("*.py")
        if not path.name.startswith("_") and 'if __name__ == "__main__"' in path.read_text()
    )


def main(names: list[str]) -> int:
    if not names:
        print("Name one or more of these, or `all`:\n  " + "\n  ".join(known()))
        return 0
    worst = 0
    for name in known() if names == ["all"] else names:
        print(f"--- {name}", flush=True)
        worst |= subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False).returncode
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
