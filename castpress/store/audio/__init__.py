"""Audio files: what is in them (``inspect``), and tagged copies of them (``tagging``).

Reading is our own, each format in a file of its own. Duration has to be exact, or chapters, seek
bar and directory disagree, and mutagen takes a VBR file without a header for a quarter of its
length; it also inflates compressed tag frames without a limit. Writing tags is mutagen's work.
Only ``tagging`` brings it in, which costs 40 ms: import that where there is something to tag.
"""
