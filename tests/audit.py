"""Ask which known faults the pinned requirements have: `make audit`. Ends with 0 only when it was told.

0  the database was asked, and knows of nothing
1  it knows of faults; each is printed
2  it could not be asked: that is said, and is no clean bill
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = ("requirements.txt", "requirements-test.txt")


def audit(program: str) -> int:
    """Run pip-audit over each file and print what it found; give the exit code."""
    codes = [_one(program, name) for name in FILES]
    return 2 if 2 in codes else max(codes)


def _one(program: str, name: str) -> int:
    command = [program, "--requirement", name, "--require-hashes", "--disable-pip", "--format", "json",
               "--progress-spinner", "off", "--timeout", "20"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"{name} was NOT audited: the database of known faults could not be asked. {reason}")
        return 2
    asked = [package for package in found if "vulns" in package]
    left = [package["name"] for package in found if "vulns" not in package]
    for package in asked:
        for fault in package["vulns"]:
            mended = ", ".join(fault["fix_versions"]) or "no version"
            print(
                f"{name}: {package['name']} {package['version']}: {fault['id']}, mended in {mended}"
            )
    if left or not asked:
        print(
            f"{name} was NOT audited: {len(left)} of {len(found)} packages could not be asked about. "
            "The database of known faults is out of reach from here."
        )
        return 2
    print(f"{name}: {len(asked)} packages asked about.")
    return 1 if any(package["vulns"] for package in asked) else 0


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1]))
