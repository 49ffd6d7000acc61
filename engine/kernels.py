"""How compiled code is declared: one decorator, so that all kernels behave alike.

Kernels release the interpreter lock, keep their machine code in a cache on disk, and are
compiled for the processor at hand at their first call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernel_cache import LOCATORS

_Function = TypeVar("_Function", bound=Callable[..., Any])


def kernel(function: _Function) -> _Function:
    """Compile a function on arrays to machine code (numba), cached on disk, without the GIL."""
    kept = numba.config.CACHE_LOCATOR_CLASSES
    numba.config.CACHE_LOCATOR_CLASSES = LOCATORS
    try:
        compiled: _Function = numba.njit(cache=True, nogil=True, fastmath=True)(function)
    finally:
        numba.config.CACHE_LOCATOR_CLASSES = kept
    return compiled


@intrinsic  # type: ignore[untyped-decorator]  # numba carries no types
def popcount(typing_context: Any, word: Any) -> Any:
    """Number of bits set in a 64-bit word, as int64: LLVM's ctpop, which vectorises.

    Signed, because numba turns a sum of signed and unsigned integers into a float.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word_type = ir.IntType(64)
        kind = ir.FunctionType(word_type, [word_type])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.ctpop.i64")
        return builder.call(function, [arguments[0]])

    return types.int64(types.uint64), generate
