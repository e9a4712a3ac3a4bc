"""Model in, problems out: one function a rule."""
