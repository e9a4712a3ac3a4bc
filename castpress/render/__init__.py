"""Model in, artifacts out: feed, chapters, transcripts, pages."""
