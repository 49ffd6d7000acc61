"""Eight numbers at a time: LLVM code, piece by piece, for the inner loops of the network.

numba by itself does not keep a tile of sums in registers. LLVM translates these pieces for the
processor at hand: one AVX register, or two of SSE or NEON.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 8
"""Numbers of a vector."""

INDEX = ir.IntType(64)
WORD = ir.IntType(32)
FLOATS = ir.VectorType(ir.FloatType(), LANES)
WORDS = ir.VectorType(WORD, LANES)
PAIRS = ir.VectorType(ir.IntType(16), 2 * LANES)
"""Two numbers of 16 bits in each lane."""

GELU_LIMIT = 4.0
GELU = (
    3.9888102e-01,
    -6.6323631e-02,
    9.8158010e-03,
    -1.1128561e-03,
    9.4940260e-05,
    -5.8606011e-06,
    2.4408456e-07,
    -6.0669079e-09,
    6.7403964e-11,
)
"""(Phi(x) - 1/2) / x as a polynomial in x**2, Phi the normal distribution: a minimax fit of
x * Phi(x) for |x| up to the limit, error 7e-6. Beyond, Phi is 0 or 1 within 3e-5."""

EXPONENTIAL_LIMIT = 80.0
EXPONENTIAL = (1.0, 0.69314697, 0.2402212, 0.05550713, 0.00967554, 0.00132765)
"""2**x for |x| up to 1/2, relative error 2e-7."""

LOG2_E = 1.4426950
BITS_OF_FRACTION = 23


def inner_loop(emit: Callable[..., None]) -> Any:
    """A function that kernels can call, out of one that emits its code.

    `emit` gets a `Vectors`, then for each argument of the call a value: of an array the
    pointer to its data, of anything else an index of 64 bits.
    """

    def declare(_: Any, *kinds: Any) -> Any:
        arrays = [isinstance(kind, types.Array) for kind in kinds]
        taken = [kind if array else types.int64 for kind, array in zip(kinds, arrays, strict=True)]

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            values = [
                context.make_array(kind)(context, builder, value).data if array else value
                for kind, value, array in zip(signature.args, arguments, arrays, strict=True)
            ]
            emit(Vectors(builder), *values)
            return context.get_dummy_value()

        return types.void(*taken), generate

    # numba reads the arguments' names there: those of `emit`, its own context first.
    declare.__signature__ = inspect.signature(emit)  # type: ignore[attr-defined]
    return intrinsic(declare)


class Vectors:
    """Emits code; places count in numbers of the array's own kind."""

    def __init__(self, builder: Any) -> None:
        self.builder = builder

    def index(self, value: int) -> Any:
        """A number known now."""
        return ir.Constant(INDEX, value)

    def add(self, one: Any, other: Any) -> Any:
        """Sum of two indices."""
        return self.builder.add(one, other if isinstance(other, ir.Value) else self.index(other))

    def multiply(self, one: Any, other: Any) -> Any:
        """Product of two indices."""
        return self.builder.mul(one, other if isinstance(other, ir.Value) else self.index(other))

    def register(self, value: Any) -> Any:
        """A variable; LLVM keeps it in a register."""
        return cgutils.alloca_once_value(self.builder, value)

    def read(self, register: Any) -> Any:
        """A variable's value."""
        return self.builder.load(register)

    def write(self, register: Any, value: Any) -> None:
        """Change a variable."""
        self.builder.store(value, register)

    def loop(self, count: Any) -> Any:
        """Context manager: what is emitted inside runs `count` times; gives `.index`."""
        return cgutils.for_range(self.builder, count)

    def number(self, array: Any, place: Any) -> Any:
        """One number of an array."""
        return self.builder.load(self.builder.gep(array, [place]))

    def load(self, array: Any, place: Any, kind: Any = FLOATS) -> Any:
        """Consecutive numbers."""
        loaded = self.builder.load(self._pointer(array, place, kind))
        loaded.align = 2
        return loaded

    def store(self, value: Any, array: Any, place: Any) -> None:
        """Write consecutive numbers."""
        self.builder.store(value, self._pointer(array, place, value.type)).align = 2

    def spread(self, number: Any, kind: Any = FLOATS) -> Any:
        """One number in all lanes."""
        if not isinstance(number, ir.Value):
            return ir.Constant(kind, [number] * LANES)
        first = self.builder.insert_element(_undefined(kind), number, ir.Constant(WORD, 0))
        return self.builder.shuffle_vector(first, _undefined(kind), _lanes([0] * LANES))

    def fma(self, one: Any, two: Any, three: Any) -> Any:
        """one * two + three."""
        return self._call("llvm.fmuladd.v8f32", FLOATS, one, two, three)

    def product_of_pairs(self, one: Any, two: Any) -> Any:
        """In each lane the sum of its two products, 32 bits. LLVM knows it as `pmaddwd`."""
        wide = ir.VectorType(WORD, 2 * LANES)
        product = self.builder.mul(self.builder.sext(one, wide), self.builder.sext(two, wide))
        even, odd = (
            self.builder.shuffle_vector(
                product, _undefined(wide), _lanes(range(first, 2 * LANES, 2))
            )
            for first in (0, 1)
        )
        return self.builder.add(even, odd)

    def narrow(self, first: Any, second: Any) -> Any:
        """Two vectors rounded to 16 numbers of 16 bits; each must fit."""
        joined = self.builder.shuffle_vector(
            self.whole(first), self.whole(second), _lanes(range(2 * LANES))
        )
        return self.builder.trunc(joined, PAIRS)

    def whole(self, x: Any) -> Any:
        """The nearest integers, 32 bits."""
        return self._call("llvm.lrint.v8i32.v8f32", WORDS, x)

    def total(self, vector: Any) -> Any:
        """Sum over the lanes, in all lanes."""
        for step in (4, 2, 1):
            turned = _lanes([(lane + step) % LANES for lane in range(LANES)])
            moved = self.builder.shuffle_vector(vector, _undefined(FLOATS), turned)
            vector = self.builder.fadd(vector, moved)
        return vector

    def larger(self, one: Any, other: Any) -> Any:
        """The larger of two numbers."""
        return self.builder.select(self.builder.fcmp_ordered(">", one, other), one, other)

    def root(self, vector: Any) -> Any:
        """Square root."""
        return self._call("llvm.sqrt.v8f32", FLOATS, vector)

    def normal_share(self, x: Any) -> Any:
        """Phi(x), with which x * Phi(x) is Gelu."""
        near = self._clamp(x, GELU_LIMIT)
        return self.fma(
            near, self._polynomial(self.builder.fmul(near, near), GELU), self.spread(0.5)
        )

    def sigmoid(self, x: Any) -> Any:
        """1 / (1 + exp(-x))."""
        power = self.builder.fmul(self._clamp(x, EXPONENTIAL_LIMIT), self.spread(-LOG2_E))
        whole = self.whole(power)
        rest = self.builder.fsub(power, self.builder.sitofp(whole, FLOATS))
        # The whole part of the power goes straight into the exponent's bits.
        whole = self.builder.shl(whole, ir.Constant(WORDS, [BITS_OF_FRACTION] * LANES))
        scaled = self.builder.bitcast(self._polynomial(rest, EXPONENTIAL), WORDS)
        exponential = self.builder.bitcast(self.builder.add(scaled, whole), FLOATS)
        return self.builder.fdiv(self.spread(1.0), self.builder.fadd(self.spread(1.0), exponential))

    def _polynomial(self, x: Any, coefficients: tuple[float, ...]) -> Any:
        value = self.spread(coefficients[-1])
        for coefficient in coefficients[-2::-1]:
            value = self.fma(value, x, self.spread(coefficient))
        return value

    def _clamp(self, x: Any, limit: float) -> Any:
        low, high = self.spread(-limit), self.spread(limit)
        x = self.builder.select(self.builder.fcmp_ordered("<", x, high), x, high)
        return self.builder.select(self.builder.fcmp_ordered(">", x, low), x, low)

    def _call(self, name: str, result: Any, *arguments: Any) -> Any:
        kind = ir.FunctionType(result, [argument.type for argument in arguments])
        function = cgutils.get_or_insert_function(self.builder.module, kind, name)
        return self.builder.call(function, arguments)

    def _pointer(self, array: Any, place: Any, kind: Any) -> Any:
        return self.builder.bitcast(self.builder.gep(array, [place]), kind.as_pointer())


def _undefined(kind: Any) -> Any:
    return ir.Constant(kind, ir.Undefined)


def _lanes(numbers: Any) -> Any:
    places = list(numbers)
    return ir.Constant(ir.VectorType(WORD, len(places)), places)
