"""Templates of MUC-4 texts: ``python benchmarks/muc4/run.py IN.jsonl -o OUT.jsonl``.

In: one ``{"docid", "text"}`` a line. Out: one ``{"docid", "templates"}`` a line, as MUC scorers read them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.muc4.templates import templates  # noqa: E402


def main(argv: list[str] | None = None) -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description="templates of MUC-4 texts")
    parser.add_argument("texts", type=Path, help="JSON lines of docid and text")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON lines of docid and templates")
    args = parser.parse_args(argv)
    with args.texts.open(encoding="utf-8") as lines, args.output.open("w", encoding="utf-8") as out:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                out.write(json.dumps({"docid": row["docid"], "templates": templates(row["text"])}) + "\n")


if __name__ == "__main__":
    main()
