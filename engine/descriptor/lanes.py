"""Eight float32 at a time: the inner steps of the cylinder kernels as vector instructions.

Numba cannot tell that arrays do not overlap, and so leaves loops this short in single steps.
Every array here is C-contiguous with LANES columns; rows are not checked.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 8
"""Values of a row; one register of AVX, two of SSE or NEON."""

_VECTOR = ir.VectorType(ir.FloatType(), LANES)
_ALIGNMENT = 4  # bytes, of one float32
_FAST = ("fast",)


@intrinsic  # type: ignore[untyped-decorator]  # numba carries no types
def blend(typing_context: Any, table: Any, row: Any, part: Any, out: Any, out_row: Any) -> Any:
    """out[out_row] = the table's row at place row + part, by linear interpolation."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        row_at, part_value = arguments[1], arguments[2]
        next_row = builder.add(row_at, row_at.type(1))
        low = _load(builder, _row(context, builder, signature, arguments, 0, row_at))
        high = _load(builder, _row(context, builder, signature, arguments, 0, next_row))
        rise = builder.fmul(
            builder.fsub(high, low, _FAST), _spread(builder, part_value), flags=_FAST
        )
        target = _row(context, builder, signature, arguments, 3, arguments[4])
        _store(builder, builder.fadd(low, rise, flags=_FAST), target)

    return types.void(table, types.int64, types.float32, out, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba carries no types
def add_scaled(typing_context: Any, sums: Any, row: Any, factor: Any, values: Any) -> Any:
    """sums[row] += factor * values[0]."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        target = _row(context, builder, signature, arguments, 0, arguments[1])
        source = _row(context, builder, signature, arguments, 3, arguments[1].type(0))
        product = builder.fmul(_load(builder, source), _spread(builder, arguments[2]), flags=_FAST)
        _store(builder, builder.fadd(_load(builder, target), product, flags=_FAST), target)

    return types.void(sums, types.int64, types.float32, values), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba carries no types
def scale_within(  # noqa: PLR0913 - numba wants one argument a value
    typing_context: Any, rows: Any, values: Any, factor: Any, away: Any, limit: Any, out: Any
) -> Any:
    """rows[out] = factor * rows[values], or 0 where rows[away] is above the limit."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, distance, target = (
            _row(context, builder, signature, arguments, 0, arguments[i]) for i in (1, 3, 5)
        )
        scaled = builder.fmul(_load(builder, source), _spread(builder, arguments[2]), flags=_FAST)
        limits = _spread(builder, arguments[4])
        within = builder.fcmp_ordered("<=", _load(builder, distance), limits)
        none = ir.Constant(_VECTOR, [0.0] * LANES)
        _store(builder, builder.select(within, scaled, none), target)

    row, number = types.int64, types.float32
    return types.void(rows, row, number, row, number, row), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba carries no types
def above(typing_context: Any, sums: Any, row: Any, threshold: Any) -> Any:
    """uint64 whose bit k tells whether sums[row, k] is above the threshold."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values = _load(builder, _row(context, builder, signature, arguments, 0, arguments[1]))
        more = builder.fcmp_ordered(">", values, _spread(builder, arguments[2]))
        return builder.zext(builder.bitcast(more, ir.IntType(LANES)), ir.IntType(64))

    return types.uint64(sums, types.int64, types.float32), generate


def _row(context: Any, builder: Any, signature: Any, arguments: Any, number: int, row: Any) -> Any:
    """Address of a row of the array that is argument `number`."""
    array_type = signature.args[number]
    array = cgutils.create_struct_proxy(array_type)(context, builder, arguments[number])
    first = builder.gep(array.data, [builder.mul(row, row.type(LANES))])
    return builder.bitcast(first, _VECTOR.as_pointer())


def _load(builder: Any, address: Any) -> Any:
    """A row as a vector."""
    return builder.load(address, align=_ALIGNMENT)


def _store(builder: Any, vector: Any, address: Any) -> None:
    """Write a vector to a row."""
    builder.store(vector, address, align=_ALIGNMENT)


def _spread(builder: Any, value: Any) -> Any:
    """A vector with one value in all lanes."""
    empty = ir.Constant(_VECTOR, ir.Undefined)
    single = builder.insert_element(empty, value, ir.IntType(32)(0))
    lanes = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(single, empty, lanes)
