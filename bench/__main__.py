"""Runs the benches: `python3 run.py dev bench [NAME …]`, all of them without a name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    known = sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("__"))
    wanted = sys.argv[1:] or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"No bench is called {unknown[0]}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"\n== {name}", flush=True)
        if code := subprocess.call([sys.executable, "-m", f"bench.{name}"]):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
