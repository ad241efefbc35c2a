"""A pytest plugin that changes one thing in one module before it is imported: MUTANT="path:number".

Used by tests/mutate.py. The number counts the places in the module where something can be changed.
"""

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


class Mutator(ast.NodeTransformer):
    """Counts the places where something can be changed, and changes the one with this number."""

    def __init__(self, number: int = -1) -> None:
        self.number, self.count = number, 0
        self.said = ""

    def _here(self, node: ast.AST, what: str) -> bool:
        here = self.count == self.number
        if here:
            self.said = f"line {getattr(node, 'lineno', '?')}: {what}"
        self.count += 1
        return here

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for place, operator in enumerate(node.ops):
            new = OPPOSITE.get(type(operator))
            if new and self._here(node, f"{ast.unparse(node)} with another comparison"):
                node.ops[place] = new()  # type: ignore[call-overload]  # an operator
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self._here(node, f"and/or swapped in {ast.unparse(node)}"):
            node.op = OPPOSITE[type(node.op)]()  # type: ignore[assignment]  # and, or
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        new = OPPOSITE.get(type(node.op))
        if new and self._here(node, f"another operator in {ast.unparse(node)}"):
            node.op = new()  # type: ignore[assignment]  # an operator
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not) and self._here(node, f"without not: {ast.unparse(node)}"):
            return self.visit(node.operand)  # type: ignore[no-any-return]  # a node
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        if self._here(node, f"always true: if {ast.unparse(node.test)}"):
            node.test = ast.Constant(True)
        elif self._here(node, f"never true: if {ast.unparse(node.test)}"):
            node.test = ast.Constant(False)
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            if self._here(node, f"not {node.value}"):
                return ast.copy_location(ast.Constant(not node.value), node)
        elif isinstance(node.value, int) and self._here(node, f"{node.value} + 1"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        nothing = node.value is None or ast.unparse(node.value) == "None"
        if not nothing and self._here(node, f"returns None: {ast.unparse(node)}"):
            node.value = ast.Constant(None)
            return node
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            return node  # a docstring
        gives = isinstance(node.value, ast.Yield | ast.YieldFrom)
        if not gives and self._here(node, f"left out: {ast.unparse(node)}"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


def mutated(path: Path, number: int) -> tuple[ast.Module, Mutator]:
    """Give the tree of a file with one change; none for a number that is too high."""
    mutator = Mutator(number)
    tree = mutator.visit(ast.parse(path.read_text()))
    ast.fix_missing_locations(tree)
    return tree, mutator


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the one module, and loads it with its change."""

    def __init__(self, path: Path, number: int) -> None:
        self.path, self.number = path, number
        parts = path.relative_to(ROOT).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        places = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=places
        )

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        tree, _ = mutated(self.path, self.number)
        exec(compile(tree, str(self.path), "exec"), module.__dict__)  # noqa: S102  our own file


if wanted := os.environ.get("MUTANT"):
    _path, _, _number = wanted.rpartition(":")
    sys.meta_path.insert(0, Finder(ROOT / _path, int(_number)))
