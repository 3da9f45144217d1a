"""What an editor does at the command line, one module a command.

In: a project's root folder, and what was asked for. Out: an exit code (0 fine, 1 findings or a failed
build, 2 wrong use), and what is printed. A command decides with functions that touch no file; what
it writes, it writes in one place.
"""
