"""When the machine code that numba keeps on disk is out of date.

numba itself looks at the file that a kernel stands in. Kernels are made of others, and of numbers
from `parameters` modules, which are compiled into them: a change there must count as well. So the
stamp of a kernel's file covers whatever it imports of this project, and what that imports.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path

from numba.core.caching import InTreeCacheLocator, UserProvidedCacheLocator, UserWideCacheLocator

_IMPORT = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)


class _Stamped:
    """A place of kept machine code with our stamp; for the rest see numba's own."""

    _py_file: str

    def get_source_stamp(self) -> str:
        """What tells that the code was compiled from these sources."""
        return stamp_of(Path(self._py_file))


class Provided(_Stamped, UserProvidedCacheLocator):  # type: ignore[misc]  # numba carries no types
    """In the folder that `NUMBA_CACHE_DIR` names."""


class InTree(_Stamped, InTreeCacheLocator):  # type: ignore[misc]  # likewise
    """Beside the source."""


class UserWide(_Stamped, UserWideCacheLocator):  # type: ignore[misc]  # likewise
    """In the user's cache, where the source's folder cannot be written."""


LOCATORS = ",".join(f"{__name__}.{one.__name__}" for one in (Provided, InTree, UserWide))
"""For numba's setting `CACHE_LOCATOR_CLASSES`."""


@cache
def stamp_of(path: Path) -> str:
    """SHA-256 over a source file and all of this project that it imports, directly or not."""
    found: set[Path] = set()
    ahead = [path]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += _imported(one)
    digest = hashlib.sha256()
    for one in sorted(found):
        digest.update(one.read_bytes())
    return digest.hexdigest()


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Files of the modules that a file of this project imports from it."""
    roots = {__name__.partition(".")[0], _root_of(path)}
    names = dict.fromkeys(_IMPORT.findall(path.read_text("utf-8")))
    specs = [importlib.util.find_spec(name) for name in names if name.split(".")[0] in roots]
    return tuple(Path(spec.origin) for spec in specs if spec is not None and spec.origin)


def _root_of(path: Path) -> str:
    """Name of the outermost package that a file lies in."""
    folder = path.parent
    while (folder.parent / "__init__.py").exists():
        folder = folder.parent
    return folder.name
