"""A digest of code: results made by other code must not pass for those of this one."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""


def code_digest(paths: Iterable[str]) -> str:
    """Eight characters for the meaning of Python files; comments and docstrings do not count.

    Args:
        paths: files or folders (with all below them) in the checkout.
    """
    digest = hashlib.sha256()
    for path in sorted(file for name in paths for file in _files(ROOT / name)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        digest.update(ast.dump(_without_docstrings(tree)).encode())
    return digest.hexdigest()[:8]


def _files(path: Path) -> list[Path]:
    """The Python files at a path."""
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _without_docstrings(tree: ast.Module) -> ast.Module:
    """The code without bare strings."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [line for line in body if not _is_text(line)]  # type: ignore[attr-defined]
    return tree


def _is_text(line: ast.stmt) -> bool:
    """Whether a statement is a bare string."""
    return (
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
    )
