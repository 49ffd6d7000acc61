"""Decodes one WSQ file from standard input to standard output, in a process of its own.

Run as a program with two numbers: bytes of memory and seconds of processor time. It imports
nothing of ours, so that it starts within 30 ms.
"""

from __future__ import annotations

import sys

REFUSED = 3
"""Exit status if the decoder refused the data; its reason is on standard error."""


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows, where only the time limit holds
    except ImportError:
        return
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds}
    wanted[resource.RLIMIT_CORE] = 0  # a core file would hold a print
    for kind, limit in wanted.items():
        _, highest = resource.getrlimit(kind)
        if highest == resource.RLIM_INFINITY or limit < highest:
            resource.setrlimit(kind, (limit, limit))


def main() -> int:
    """Decode; 0 if the pixels were written, one byte each, row by row."""
    # Not at the top: the parent imports this file for `REFUSED` alone.
    from _wsq import decompress  # type: ignore[import-not-found]  # noqa: PLC0415

    _limit(int(sys.argv[1]), int(sys.argv[2]))
    try:
        pixels, *_ = decompress(sys.stdin.buffer.read())
    except Exception as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    sys.stdout.buffer.write(pixels)
    return 0


if __name__ == "__main__":
    sys.exit(main())
