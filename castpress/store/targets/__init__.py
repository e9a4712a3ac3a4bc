"""Places that a show is published to, behind one small protocol."""
