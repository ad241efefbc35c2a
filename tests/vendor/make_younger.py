"""Make browser-compat-younger.json out of MDN's compatibility data: python make_younger.py data.json

Kept is only what a browser on our list cannot do, so that the file stays small.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OLDEST = {"safari_ios": 13, "chrome_android": 80, "firefox": 79, "samsunginternet_android": 13}
FILE = Path(__file__).parent / "browser-compat-younger.json"


def since(support: Any) -> float:
    """Give the version that has a feature under its own name and without a switch; 999 for none."""
    for entry in support if isinstance(support, list) else [support]:
        if any(
            entry.get(key) for key in ("flags", "prefix", "alternative_name", "version_removed")
        ):
            continue
        added = entry.get("version_added")
        if isinstance(added, str) and added != "preview":
            return float(".".join(added.strip("≤").split(".")[:2]))
    return 999


def younger(feature: dict[str, Any]) -> dict[str, float]:
    """Give the browsers of our list, in their oldest version, that do not know it; and which version does."""
    support = feature["__compat"]["support"]
    versions = {name: since(support[name]) for name in OLDEST if name in support}
    return {name: version for name, version in versions.items() if version > OLDEST[name]}


def features(
    node: dict[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, child in node.items():
        if name == "__compat" or not isinstance(child, dict):
            continue
        if "__compat" in child:
            yield (*path, name), child
        yield from features(child, (*path, name))


def main() -> None:
    data = json.loads(Path(sys.argv[1]).read_text())
    css: dict[str, dict[str, float]] = {}
    members: dict[str, list[dict[str, float]]] = {}
    for path, feature in features(data["css"]):
        if found := younger(feature):
            css[".".join(path)] = found
    for part in (data["api"], data["javascript"]["builtins"]):
        for path, feature in features(part):
            if len(path) == 2 or (len(path) == 1 and part is data["javascript"]["builtins"]):
                members.setdefault(path[-1].removesuffix("_static"), []).append(younger(feature))
    # a name that several interfaces have is only told when it is young in all of them
    young = {name: all_of_them[0] for name, all_of_them in members.items() if all(all_of_them)}
    operators = {
        name: found
        for (name, *_), feature in features(data["javascript"]["operators"])
        if (found := younger(feature))
    }
    table = {
        "version": data["__meta"]["version"],
        "oldest": OLDEST,
        "css": css,
        "names": young,
        "operators": operators,
    }
    FILE.write_text(json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
