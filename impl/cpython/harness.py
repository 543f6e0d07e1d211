"""The harness by which Lockproof judges CPython: reads requests on standard input, writes answers to standard output.

    python3 harness.py [--patch FILE]

`--patch`: a Python file that is executed before the primitives are loaded here, and may replace parts of them.
The protocol is described in `impl/protocol/README.md`.
"""

import sys

if sys.version_info < (3, 8):
    sys.exit("The harness needs Python 3.8 or newer, and this is %d.%d." % sys.version_info[:2])

sys.dont_write_bytecode = True

import raw  # noqa: E402,F401  What the harness is made of is bound before the patch.


def execute_patch(arguments):
    """Executes the file that the command line names. Ends the process if the command line is not understood."""
    if not arguments:
        return
    if len(arguments) != 2 or arguments[0] != "--patch":
        sys.exit("usage: harness.py [--patch FILE]")
    with open(arguments[1], "rb") as file:
        code = compile(file.read(), arguments[1], "exec")
    exec(code, {"__name__": "__patch__", "__file__": arguments[1]})


def main():
    """Answers requests. Raises what the main thread of a program has raised, if it has and the process ends by it."""
    from serving import serve
    from threads.following import ProcessEnds

    try:
        serve()
    except ProcessEnds as end:
        error = end.error
    else:
        return
    if error is not None:
        raise error


if __name__ == "__main__":
    execute_patch(sys.argv[1:])
    main()
