"""Change one thing at a time in a module, and see whether its tests notice: mutate.py [MODULE …].

Prints each change that no test noticed, and for each module how many were noticed of those that were
decided; a run that takes longer than three times the unchanged one (and 20 s) is undecided. Exits with 1 when a module
is under 90 %.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.mutant import ROOT, mutated

BAR = 0.9
TESTS = {
    "quiz/graph.py": ["tests/quiz/test_tree.py"],
    "quiz/self_check/tree.py": ["tests/quiz/test_tree.py"],
    "quiz/practice/rules.py": ["tests/quiz/test_rules.py", "tests/quiz/test_rules_faults.py"],
    "guidance/hours/__init__.py": ["tests/guidance/test_hours.py", "tests/guidance/test_hours_cases.py"],
    "guidance/hours/judging.py": ["tests/guidance/test_hours_refused.py", "tests/guidance/test_hours_cases.py"],
    "guidance/hours/reading.py": ["tests/guidance/test_hours_refused.py", "tests/guidance/test_hours_cases.py"],
    "guidance/hours/reckoning.py": ["tests/guidance/test_hours_cases.py", "tests/guidance/test_hours_reckoning.py"],
    "guidance/help.py": ["tests/guidance/test_help.py", "tests/guidance/test_losses.py"],
    "sextortion_help/publishing/publish.py": ["tests/publishing/test_publish.py", "tests/publishing/test_releases.py"],
    "sextortion_help/publishing/live.py": ["tests/publishing/test_live.py", "tests/publishing/test_versions.py"],
    "sextortion_help/publishing/links.py": ["tests/publishing/test_publish.py", "tests/publishing/test_checks.py"],
    "sextortion_help/publishing/sources.py": ["tests/publishing/test_sources.py"],
    "sextortion_help/publishing/checks/texts.py": ["tests/publishing/test_checks.py"],
    "sextortion_help/publishing/checks/values.py": ["tests/publishing/test_checks.py"],
    "sextortion_help/publishing/checks/addresses.py": ["tests/publishing/test_checks.py"],
    "sextortion_help/publishing/markdown.py": ["tests/publishing/test_markdown.py"],
    "sextortion_help/publishing/wording.py": ["tests/publishing/test_wording.py"],
    "sextortion_help/publishing/text.py": ["tests/publishing/test_text.py"],
    "sextortion_help/publishing/agreement.py": ["tests/publishing/test_agreement.py"],
    "sextortion_help/pages.py": ["tests/site/test_headers.py", "tests/site/test_pages.py"],
    "sextortion_help/public.py": ["tests/site/test_pages.py", "tests/site/test_headers.py"],
}  # fmt: skip


def run(module: str, number: int, limit: float) -> tuple[str, float]:
    """Run the tests of a module with one change; give "killed", "survived" or "undecided", and seconds."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutant", *TESTS[module]]
    start = time.monotonic()
    try:
        answer = subprocess.run(
            command, check=False, cwd=ROOT, env={**os.environ, "MUTANT": f"{module}:{number}"}, timeout=limit,
            capture_output=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "undecided", limit
    return "survived" if answer.returncode == 0 else "killed", time.monotonic() - start


def mutate(module: str) -> float:
    """Try every change of a module, print those that nobody noticed, and give the share noticed."""
    path = ROOT / module
    count = mutated(path, -1)[1].count
    state, seconds = run(module, count, 600)
    if state != "survived":
        print(f"{module}: its tests fail without any change")
        return 0
    found = {"killed": 0, "survived": 0, "undecided": 0}
    for number in range(count):
        state, _ = run(module, number, 3 * seconds + 20)
        found[state] += 1
        if state != "killed":
            print(f"  {state}: {module} {mutated(path, number)[1].said}", flush=True)
    decided = found["killed"] + found["survived"]
    share = found["killed"] / decided if decided else 1
    print(f"{module}: {share:.0%} of {decided} noticed, {found['undecided']} undecided", flush=True)
    return share


def main() -> int:
    """Try the modules named, or all."""
    wanted = sys.argv[1:] or list(TESTS)
    return int(any(mutate(str(Path(module))) < BAR for module in wanted))


if __name__ == "__main__":
    sys.exit(main())
