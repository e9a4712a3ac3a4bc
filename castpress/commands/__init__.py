"""One module for each thing a user can ask for; joins the rooms and owns the clock.

A command's module has ``add_arguments(parser)`` and ``run(arguments, reporter) -> exit code``; it
is imported only when it is asked for. Adding one is a file and a line here.
"""

from __future__ import annotations

# name -> (module, what it does, in one line)
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("castpress.commands.build", "Build the feeds and pages of the show."),
    "check": ("castpress.commands.check", "Report every problem in the show; change nothing."),
    "notes": ("castpress.commands.notes", "Show what is understood of show notes."),
    "serve": ("castpress.commands.serve", "Build, and show the result on this computer."),
    "new": ("castpress.commands.new", "Make the folder of a new show."),
}
