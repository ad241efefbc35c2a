"""The map of modules, made from their imports: `python tests/modules.py` prints it, and fails on a circle."""

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("sextortion_help", "guidance", "quiz")


def files() -> dict[str, Path]:
    """Give the product's modules by name, without migrations. A package goes by its own name."""
    found = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


def imported(path: Path) -> set[str]:
    """Give every name a file imports, wherever in the file it does: "package.module.name"."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively, which this map cannot follow"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def arrows() -> dict[str, set[str]]:
    """Give for each module those of ours that it imports."""
    modules = files()

    def module_of(name: str) -> str:
        while name and name not in modules:
            name = name.rpartition(".")[0]
        return name

    return {
        name: {module_of(each) for each in imported(path)} - {"", name}
        for name, path in modules.items()
    }


def floors(graph: dict[str, set[str]]) -> list[list[str]]:
    """Give the modules floor by floor: each imports only from lower ones. Raises CycleError."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    found = []
    while sorter.is_active():
        floor = sorted(sorter.get_ready())
        found.append(floor)
        sorter.done(*floor)
    return found


def late_imports(path: Path) -> list[str]:
    """Name what would hide a circle: an import inside a function, or for the type checker alone."""
    tree = ast.parse(path.read_text())
    found = [
        f"{path.name}:{node.lineno} imports late"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    return found + [
        f"{path.name}:{node.lineno} imports for the type checker"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"
    ]


def main() -> int:
    """Print the map; the largest file and function; and fail when there is a circle."""
    graph = arrows()
    try:
        plan = floors(graph)
    except CycleError as circle:
        print("a circle:", " -> ".join(circle.args[1]))
        return 1
    for number, floor in enumerate(plan, 1):
        print(f"floor {number}")
        for name in floor:
            print(f"  {name} -> {', '.join(sorted(graph[name])) or 'nothing of ours'}")
    sizes = {name: path.read_text().count("\n") for name, path in files().items()}
    largest = max(sizes, key=lambda name: sizes[name])
    functions = {
        f"{name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, path in files().items()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    longest = max(functions, key=lambda name: functions[name])
    print(f"{len(graph)} modules, {sum(map(len, graph.values()))} arrows, no circle")
    print(f"largest file: {largest}, {sizes[largest]} lines")
    print(f"longest function: {longest}, {functions[longest]} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
