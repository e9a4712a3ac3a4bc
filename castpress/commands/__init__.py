"""One module for each thing a user can ask for; joins the rooms and owns the clock.

A command's module has ``add_arguments(parser)`` and ``run(arguments, reporter) -> exit code``; it
is imported only when it is asked for. Adding one is a file and a line here.
"""

from __future__ import annotations

# name -> (module, what it does, in one line)
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("castpress.commands.build", "Build the feeds and pages of the show."),
    "check": ("castpress.commands.check", "Report every problem in the show; change nothing."),
    "publish": (
        "castpress.commands.publish",
        "Publish the show: what is new first, the feed last.",
    ),
    "rollback": ("castpress.commands.rollback", "Go back to the feeds of an earlier publication."),
    "status": ("castpress.commands.status", "Tell what is live, and what publishing would change."),
    "notes": ("castpress.commands.notes", "Show what is understood of show notes."),
    "serve": ("castpress.commands.serve", "Build, and show the result on this computer."),
    "diff": ("castpress.commands.diff", "Tell what subscribers would notice of the next build."),
    "due": ("castpress.commands.due", "Say when the next episode is due."),
    "lock": ("castpress.commands.lock", "Record in show.lock what subscribers have."),
    "rename": ("castpress.commands.rename", "Rename an episode's files; nobody notices."),
    "replace": ("castpress.commands.replace", "Publish other audio under the same episode."),
    "retag": ("castpress.commands.retag", "Write today's title and chapters into published audio."),
    "unpublish": ("castpress.commands.unpublish", "Take an episode back, or bring it back."),
    "move": ("castpress.commands.move", "Give the show another address and take everybody along."),
    "new": ("castpress.commands.new", "Make the folder of a new show."),
}
