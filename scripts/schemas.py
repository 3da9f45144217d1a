"""Write the kinds of `scripts/kb/kinds.yml` into the schemas that editors' programs read.

In: `scripts/kb/kinds.yml` and `scripts/kb/schemas/`. Out: the same schemas, with the kinds as they are now.
"""

import json
from pathlib import Path

from kb.kinds import in_schema

FOLDER = Path(__file__).parent / "kb/schemas"


def text(name: str) -> str:
    """The schema of that name as its file has to read."""
    schema = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return json.dumps(in_schema(name, schema), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for path in FOLDER.glob("*.json"):
        path.write_text(text(path.stem), "utf-8")
