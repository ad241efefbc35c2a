"""Compare every public page of this tree with those of another revision, byte by byte: compare_pages.py REV.

Both are seeded from their own fixtures and rendered at the same moment. What differs is printed as a
diff of its lines; the exit code is the number of pages that differ, at most 100.
"""

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Runs in either tree: seeds a database, and writes {address: body} for all addresses it knows, and for
# these paths.
COLLECT = r"""
import datetime, json, os, sys
sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "sextortion_help.settings"
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from sextortion_help.publishing import live
call_command("migrate", verbosity=0)
call_command("seed", verbosity=0)
live.refresh()
moment = datetime.datetime(2026, 11, 27, 13, 0, tzinfo=datetime.UTC)
timezone.now = lambda: moment
try:
    from sextortion_help.publishing.places import at, places
    there = {place.prefix: at(live.live(), place.country).paths for place in places(live.live())}
except ImportError:  # a tree of before there were places: its pages are those of the first country
    there = {f"/{language}": live.live().paths for language in ("nl", "fr", "en")}
pages = {}
for prefix, paths in there.items():
    for path in sorted({*paths, *json.loads(sys.argv[1])} if sys.argv[1:] else paths):
        answer = Client(headers={"host": "localhost"}).get(f"{prefix}{path}")
        if answer.status_code == 200:
            name = prefix if "-" in prefix else f"{prefix}-be"
            pages[f"{name}{path}"] = answer.content.decode()
print(json.dumps(pages))
"""


# What may differ without a reader or a browser seeing it; each with its reason, printed with the result.
SAME = {
    r"&nbsp;": ("\N{NO-BREAK SPACE}", "a no-break space is written as itself"),
    r"\s*\n\s*": ("\n", "white space between lines"),
}


def normal(body: str) -> list[str]:
    """Give the lines of a page without what may differ."""
    for pattern, (same, _) in SAME.items():
        body = re.sub(pattern, same, body)
    return body.strip().splitlines()


def pages(tree: Path, *arguments: str) -> dict[str, str]:
    """Give the body of every public page of a tree, by address."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DEBUG": "1"}
        command = [sys.executable, "-c", COLLECT, *arguments]
        answer = subprocess.run(
            command, cwd=tree, env=environment, check=True, stdout=subprocess.PIPE
        )
    found: dict[str, str] = json.loads(answer.stdout.splitlines()[-1])  # seed speaks first
    return found


def main() -> int:
    """Print each difference once, with the addresses that have it."""
    here = pages(ROOT)
    asked = json.dumps(sorted({re.sub(r"^/[a-z]{2}-[a-z]{2}", "", address) for address in here}))
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(tree), sys.argv[1]], check=True)
        try:
            for catalogue in ROOT.glob("locale/*/LC_MESSAGES/django.po"):
                words = tree / catalogue.relative_to(ROOT)
                subprocess.run(["msgfmt", "-o", words.with_suffix(".mo"), words], check=True)
            collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
            subprocess.run(collect, cwd=tree, check=True)
            there = pages(tree, asked)
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)
    differences: dict[str, list[str]] = {}
    for address in sorted(here.keys() | there.keys()):
        old, new = normal(there.get(address, "")), normal(here.get(address, ""))
        if old != new:
            lines = difflib.unified_diff(old, new, lineterm="", n=0)
            shown = "\n".join(line for line in lines if not line.startswith(("@@", "---", "+++")))
            if not old:
                shown = "(a new address)"
            differences.setdefault(shown, []).append(address)
    for shown, addresses in differences.items():
        print(f"\n{len(addresses)} pages, such as {' '.join(addresses[:3])}\n{shown[:3000]}")
    differing = sum(map(len, differences.values()))
    print("\nTaken as the same:", "; ".join(reason for _, reason in SAME.values()))
    print(f"\n{len(here)} pages here, {len(there)} there, {differing} differ")
    return min(differing, 100)


if __name__ == "__main__":
    sys.exit(main())
