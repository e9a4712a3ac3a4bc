"""Text in, model out; what an author wrote never raises, faults come back as problems."""
