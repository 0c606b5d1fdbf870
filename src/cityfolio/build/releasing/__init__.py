"""Releases of a programme: made, listed and verified."""
