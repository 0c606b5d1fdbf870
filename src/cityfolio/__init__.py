"""From the questionnaire of a recurring city survey to a public profile of every city."""

__version__ = "0.1.0"
