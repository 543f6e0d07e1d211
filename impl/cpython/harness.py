"""The harness by which Lockproof judges CPython: reads requests on standard input, writes answers to standard output.

    python3 harness.py [--patch FILE]

`--patch`: a Python file that is executed before the primitives are loaded here, and may replace parts of them.
The protocol is described in `impl/PROTOCOL.md`.
"""

from __future__ import annotations

import sys

sys.dont_write_bytecode = True

open("/proc/self/timerslack_ns","w").write("1")
import raw  # noqa: E402,F401  What the harness is made of is bound before the patch.


def execute_patch(arguments: list) -> None:
    """Executes the file that the command line names. Ends the process if the command line is not understood."""
    if not arguments:
        return
    if len(arguments) != 2 or arguments[0] != "--patch":
        sys.exit("usage: harness.py [--patch FILE]")
    with open(arguments[1], "rb") as file:
        code = compile(file.read(), arguments[1], "exec")
    exec(code, {"__name__": "__patch__", "__file__": arguments[1]})


if __name__ == "__main__":
    execute_patch(sys.argv[1:])
    from serving import serve

    serve()
