"""What can be changed in a module, one thing at a time; the number counts the places. For tests/mutate.py.

As a pytest plugin it changes one module before it is imported: MUTANT="path:number".
"""

import ast
import os
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parent.parent
OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


class Mutator(ast.NodeTransformer):
    """Counts the places where something can be changed, and changes the one with this number.

    Not what only a type checker reads, nor the size of a cache: no test could see another.
    """

    def __init__(self, number: int = -1) -> None:
        self.number, self.count = number, 0
        self.said = ""
        self.lines = range(
            0
        )  # of the innermost function around the change; none at its module's level
        self._around = [range(0)]

    def _here(self, node: ast.expr | ast.stmt, what: str) -> bool:
        here = self.count == self.number
        if here:
            shown = node.test if isinstance(node, ast.If) else node
            self.said = f"line {node.lineno}: {what.format(ast.unparse(shown))}"
            self.lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            self.around = self._around[-1]
        self.count += 1
        return here

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        for each in (node.args, *node.decorator_list):  # these run around the function, not in it
            self.visit(each)
        first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        self._around.append(range(first, (node.end_lineno or first) + 1))
        node.body = [self.visit(each) for each in node.body]
        self._around.pop()
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._around.append(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        node.body = self.visit(node.body)
        self._around.pop()
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_TypeAlias(self, node: ast.TypeAlias) -> ast.AST:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.value = node.value and self.visit(node.value)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return node if node.arg in ("maxsize", "frozen", "slots") else self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for place, operator in enumerate(node.ops):
            new = OPPOSITE.get(type(operator))
            if new and self._here(node, "{} with another comparison"):
                node.ops[place] = new()  # type: ignore[call-overload]  # an operator
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self._here(node, "and/or swapped in {}"):
            node.op = OPPOSITE[type(node.op)]()  # type: ignore[assignment]  # and, or
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        new = OPPOSITE.get(type(node.op))
        if new and self._here(node, "another operator in {}"):
            node.op = new()  # type: ignore[assignment]  # an operator
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not) and self._here(node, "without not: {}"):
            return self.visit(node.operand)  # type: ignore[no-any-return]  # a node
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        if self._here(node, "always true: if {}"):
            node.test = ast.Constant(True)
        elif self._here(node, "never true: if {}"):
            node.test = ast.Constant(False)
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            if self._here(node, "not {}"):
                return ast.copy_location(ast.Constant(not node.value), node)
        elif isinstance(node.value, int) and self._here(node, "{} + 1"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        nothing = node.value is None or ast.unparse(node.value) == "None"
        if not nothing and self._here(node, "returns None: {}"):
            node.value = ast.Constant(None)
            return node
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            return node  # a docstring
        gives = isinstance(node.value, ast.Yield | ast.YieldFrom)
        if not gives and self._here(node, "left out: {}"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


@cache
def mutated(path: Path, number: int) -> tuple[ast.Module, Mutator]:
    """Give the tree of a file with one change; none for a number that is too high."""
    mutator = Mutator(number)
    tree = mutator.visit(ast.parse(path.read_text()))
    ast.fix_missing_locations(tree)
    return tree, mutator


if wanted := os.environ.get("MUTANT"):
    _path, _, _number = wanted.rpartition(":")
    _original = SourceFileLoader.get_code

    def _changed(self: SourceFileLoader, name: str) -> CodeType | None:
        if Path(self.path) == ROOT / _path:
            return compile(mutated(ROOT / _path, int(_number))[0], self.path, "exec")
        return _original(self, name)

    SourceFileLoader.get_code = _changed  # type: ignore[method-assign, assignment]  # for this run
