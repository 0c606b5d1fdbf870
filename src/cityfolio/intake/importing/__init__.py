"""Answers from the files of other programs: read, matched by a mapping that a programme owns, coded; nothing guessed."""
