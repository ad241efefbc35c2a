"""Change one thing at a time in a module, and see whether its tests notice: mutate.py [MODULE …].

Prints each change that no test noticed, and for each module how many were noticed of those that were
decided; a run that takes more than three times the processor's time of the unchanged one (and 10 s) is
undecided. Exits with 1 when a module is under 90 %.

pytest starts once. The tests of a module run once as it is; then for each change the process forks, and
the child puts the changed code into the functions that are there, and runs the tests that run these
lines. What runs only while a module is imported, and what no test seems to notice of it, is changed in a
process of its own.
"""

import ast
import gc
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import _lru_cache_wrapper, cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from sys import monitoring
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.conf import settings
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings

from tests.mutant import ROOT, mutated

BAR = 0.9
ROOM = 4 * 2**30  # bytes of memory for a child: a change may gather without end
OURS = ("guidance", "quiz", "sextortion_help", "tests")
TESTS = {
    "quiz/graph.py": ["tests/quiz/test_tree.py"],
    "quiz/self_check/tree.py": ["tests/quiz/test_tree.py"],
    "quiz/practice/rules.py": ["tests/quiz/test_rules.py", "tests/quiz/test_rules_faults.py"],
    "guidance/hours/__init__.py": ["tests/guidance/test_hours.py", "tests/guidance/test_hours_cases.py"],
    "guidance/hours/judging.py": ["tests/guidance/test_hours_refused.py", "tests/guidance/test_hours_cases.py"],
    "guidance/hours/reading.py": ["tests/guidance/test_hours_refused.py", "tests/guidance/test_hours_cases.py"],
    "guidance/hours/reckoning.py": [
        "tests/guidance/test_hours_cases.py", "tests/guidance/test_editions.py", "tests/guidance/test_hours_reckoning.py",
    ],
    "guidance/help.py": ["tests/guidance/test_help.py", "tests/guidance/test_losses.py"],
    "sextortion_help/publishing/publish.py": [
        "tests/publishing/test_publish.py", "tests/publishing/test_releases.py",
        "tests/publishing/test_second_person.py", "tests/desk/test_desk.py",
    ],
    "sextortion_help/publishing/live.py": [
        "tests/publishing/test_live.py", "tests/publishing/test_versions.py", "tests/site/test_touched.py",
    ],
    "sextortion_help/publishing/links.py": ["tests/publishing/test_live.py", "tests/publishing/test_checks.py"],
    "sextortion_help/publishing/sources.py": ["tests/publishing/test_sources.py"],
    "sextortion_help/publishing/checks/texts.py": ["tests/publishing/test_checks.py"],
    "sextortion_help/publishing/checks/values.py": ["tests/publishing/test_checks.py"],
    "sextortion_help/publishing/checks/addresses.py": ["tests/publishing/test_checks.py"],
    "sextortion_help/publishing/markdown.py": ["tests/publishing/test_markdown.py"],
    "sextortion_help/publishing/wording.py": ["tests/publishing/test_wording.py"],
    "sextortion_help/publishing/text.py": ["tests/publishing/test_text.py"],
    "sextortion_help/publishing/agreement.py": ["tests/publishing/test_agreement.py"],
    "sextortion_help/publishing/guards.py": ["tests/publishing/test_versions.py", "tests/desk/test_constraints.py"],
    "sextortion_help/publishing/delicate.py": ["tests/publishing/test_delicate.py"],
    "sextortion_help/publishing/hands.py": [
        "tests/publishing/test_second_person.py", "tests/publishing/test_delicate.py",
    ],
    "sextortion_help/publishing/planning.py": [
        "tests/publishing/test_publish.py", "tests/publishing/test_releases.py", "tests/publishing/test_second_person.py",
    ],
    "sextortion_help/publishing/releases.py": [
        "tests/publishing/test_asking.py", "tests/publishing/test_second_person.py", "tests/publishing/test_releases.py",
    ],
    "sextortion_help/publishing/problems.py": ["tests/publishing/test_publish.py", "tests/publishing/test_asking.py"],
    "sextortion_help/bounded.py": ["tests/desk/test_lists.py", "tests/desk/test_no_crash.py"],
    "sextortion_help/people/limits.py": ["tests/people"],
    "sextortion_help/people/ways.py": ["tests/people"],
    "sextortion_help/people/proof.py": ["tests/people"],
    "sextortion_help/transfer/rows.py": ["tests/transfer"],
    "sextortion_help/transfer/po.py": ["tests/transfer"],
    "sextortion_help/transfer/table.py": ["tests/transfer"],
    "sextortion_help/transfer/texts.py": ["tests/transfer"],
    "sextortion_help/transfer/document.py": ["tests/transfer"],
    "sextortion_help/transfer/shape.py": ["tests/transfer"],
    "sextortion_help/transfer/judging.py": ["tests/transfer"],
    "sextortion_help/transfer/uploads.py": ["tests/transfer"],
    "sextortion_help/pages.py": ["tests/site/test_keeping.py", "tests/site/test_pages.py", "tests/site/test_touched.py"],
    "sextortion_help/public.py": [
        "tests/site/test_bounds.py", "tests/site/test_pages.py", "tests/site/test_headers.py",
        "tests/site/test_places.py", "tests/site/test_no_trace.py",
    ],
}  # fmt: skip

type Codes = dict[tuple[str, int, int], CodeType]


def codes(code: CodeType) -> Iterator[CodeType]:
    """Give a code object and all within it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes(each)


@cache
def compiled(path: Path, number: int) -> Codes:
    """Compile a module with one change: each code object by its name, its first line, and which of these."""
    found: Codes = {}
    seen = Counter[tuple[str, int]]()
    for each in codes(compile(mutated(path, number)[0], str(path), "exec", dont_inherit=True)):
        key = (each.co_qualname, each.co_firstlineno)
        found[*key, seen[key]] = each
        seen[key] += 1
    return found


@cache
def functions(path: Path) -> list[FunctionType]:
    """Give the functions of a module that are there, closures too."""
    here, before = gc.get_objects(), set(compiled(path, -1).values())
    return [each for each in here if type(each) is FunctionType and each.__code__ in before]


@cache
def caches() -> list[Any]:
    """Give the caches of our code."""
    found = [each for each in gc.get_objects() if type(each) is _lru_cache_wrapper]
    return [each for each in found if each.__module__.partition(".")[0] in OURS]


def fresh() -> None:
    """Empty the caches of our code; the content in memory is each test's own (tests/conftest.py)."""
    for each in caches():
        each.cache_clear()


def assigned(path: Path, number: int) -> ast.Assign | ast.AnnAssign | None:
    """Give the statement at the level of a module that one change is in, if it gives a name a value."""
    pairs = zip(mutated(path, -1)[0].body, mutated(path, number)[0].body, strict=True)
    (found,) = (after for before, after in pairs if ast.dump(before) != ast.dump(after))
    return found if isinstance(found, ast.Assign | ast.AnnAssign) else None


def change(path: Path, number: int) -> None:
    """Put one change into the functions of a module, or into the value that its importers have too.

    ValueError: a closure has other variables by it.
    """
    after = compiled(path, number)
    changed = {code: after[key] for key, code in compiled(path, -1).items() if key in after}
    for function in functions(path):
        function.__code__ = changed.get(function.__code__, function.__code__)
    if mutated(path, number)[1].around or not (statement := assigned(path, number)):
        return
    target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
    name, modules = ast.unparse(target), [each for each in sys.modules.values() if each]
    own = next(vars(each) for each in modules if getattr(each, "__file__", None) == str(path))
    new, old = dict(own), own[name]
    exec(compile(ast.Module([statement], []), str(path), "exec"), new)  # noqa: S102  our own file
    for each in modules:
        if vars(each).get(name) is old:
            setattr(each, name, new[name])


class Tried:
    """A test: how many seconds of the processor it takes, and which lines it runs, by file and number."""

    def __init__(self, item: Any) -> None:
        self.item, self.seconds, self.lines = item, 0.0, set[tuple[str, int]]()

    def line(self, code: CodeType, line: int) -> Any:
        """Note a line that the test runs."""
        self.lines.add((code.co_filename, line))
        return monitoring.DISABLE  # once is enough

    def runs(self, path: Path, lines: range) -> bool:
        """Tell whether it runs one of these lines."""
        return any((str(path), line) in self.lines for line in lines)

    def fails(self) -> bool:
        """Run it, and tell whether it failed. What all tests share stays."""
        start, session = time.process_time(), self.item.session
        failed: int = session.testsfailed
        self.item.config.hook.pytest_runtest_protocol(item=self.item, nextitem=session)
        self.seconds = time.process_time() - start
        return bool(session.testsfailed > failed)


def unchanged(paths: list[Path], items: list[Any]) -> list[Tried]:
    """Run tests on modules as they are, and see what each runs; the fastest come first."""
    tests = [Tried(each) for each in items]
    line, tool = monitoring.events.LINE, monitoring.PROFILER_ID
    monitoring.use_tool_id(tool, "mutate")
    for function in chain.from_iterable(map(functions, paths)):
        for code in codes(function.__code__):
            monitoring.set_local_events(tool, code, line)
    for test in tests:
        monitoring.register_callback(tool, line, test.line)
        monitoring.restart_events()
        fresh()
        if test.fails():
            pytest.exit(f"{test.item.nodeid} fails without any change")
    monitoring.register_callback(tool, line, None)
    say(f"{len(tests)} tests pass as it is, in {sum(test.seconds for test in tests):.0f} s")
    return sorted(tests, key=lambda test: test.seconds)


def in_child(path: Path, number: int, tests: list[Tried], limit: float) -> str:
    """Fork, change, run these tests: the place of one that failed, "survived", "undecided", "" for none."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit)))
            resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
            signal.alarm(int(20 * limit))  # for a child that only waits: this ends it
            change(path, number)
            fresh()
            failed = (str(place) for place, test in enumerate(tests) if test.fails())
            os.write(writing, next(failed, "survived").encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading) as answer:
        said = answer.read()
    late = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return said or ("undecided" if late else "")


def alone(module: str, number: int, limit: float) -> str:
    """Run the tests of a module with one change in a process of its own: what importing it does, too."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutant", *TESTS[module]]
    given = {**os.environ, "MUTANT": f"{module}:{number}"}
    try:
        done = subprocess.run(
            command, check=False, cwd=ROOT, env=given, timeout=limit, capture_output=True
        )
    except subprocess.TimeoutExpired:
        return "undecided"
    return "killed" if done.returncode else "survived"


class Trial:
    """The plugin of pytest that tries modules with the tests that were collected."""

    def __init__(self, modules: list[str]) -> None:
        self.modules, self.shares = modules, list[float]()
        self.tests: list[Tried] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.config.pluginmanager.unregister(name="terminalreporter")
        import_module(settings.ROOT_URLCONF)  # views that came later would not be changed
        self.tests = unchanged([ROOT / each for each in self.modules], session.items)
        self.shares = [self.share(module) for module in self.modules]
        return True

    def share(self, module: str) -> float:
        """Try every change of a module, print those that nobody noticed, and give the share noticed."""
        start, found = time.monotonic(), Counter[str]()
        for number in range(mutated(ROOT / module, -1)[1].count):
            state = self.verdict(module, number)
            found[state] += 1
            if state != "killed":
                say(f"  {state}: {module} {mutated(ROOT / module, number)[1].said}")
        decided, took = found["killed"] + found["survived"], time.monotonic() - start
        share = found["killed"] / decided if decided else 1.0
        left = f"{found['undecided']} undecided, {took:.0f} s"
        say(f"{module}: {share:.1%} of {decided} noticed, {left}")
        return share

    def verdict(self, module: str, number: int) -> str:
        """Tell whether the tests notice one change: "killed", "survived" or "undecided"."""
        path, place = ROOT / module, mutated(ROOT / module, number)[1]
        wanted = [ROOT / each for each in TESTS[module]]
        own = [test for test in self.tests if any(map(test.item.path.is_relative_to, wanted))]
        limit = 10 + 3 * sum(test.seconds for test in own)
        direct = [test for test in own if place.around and test.runs(path, place.lines)]
        tests = direct
        if not direct and place.around:
            tests = [test for test in own if test.runs(path, place.around)]
        elif not direct and assigned(path, number):
            tests = own
        said = in_child(path, number, tests, limit) if tests else ""
        if said.isdecimal():  # who noticed this is asked first about the next
            noticed = tests[int(said)]
            self.tests.remove(noticed)
            self.tests.insert(0, noticed)
            return "killed"
        # what runs while something is imported, nobody has seen yet
        return said if said and direct else alone(module, number, 20 * limit)


def say(line: str) -> None:
    """Print a line, past what pytest captures."""
    print(line, file=sys.__stdout__, flush=True)


def main() -> int:
    """Try the modules named, or all."""
    wanted = sys.argv[1:] or list(TESTS)
    paths = sorted({path for module in wanted for path in TESTS[module]})
    # a fault that so few examples do not find is not noticed; nor is the simplest one looked for
    hypothesis_settings.register_profile(
        "few", max_examples=25, phases=(Phase.explicit, Phase.generate), derandomize=True, deadline=None,
        database=None,
    )  # fmt: skip
    trial = Trial(wanted)
    options = ["-q", "--capture=sys", "--assert=plain", "--tb=no", "--hypothesis-profile=few"]
    pytest.main([*options, *paths], plugins=[trial])
    return int(len(trial.shares) < len(wanted) or min(trial.shares) < BAR)


if __name__ == "__main__":
    sys.exit(main())
