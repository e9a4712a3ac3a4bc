"""Audio files: what is in them (``inspect``), and tagged copies of them (``tagging``).

mutagen reads tags, Ogg and FLAC, and writes all tags. MP3 and M4A are measured by our own readers:
duration has to be exact, or chapters, seek bar and directory disagree, and mutagen takes a VBR file
without a header for a quarter of its length, a joined one for its first part, and knows neither
edit lists nor chapter tracks. WAV is read here too, for RF64 and for what broke off. mutagen costs
40 ms to import, so readers import it where a file needs it; only ``tagging`` always does.
"""
