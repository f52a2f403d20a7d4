"""On Record keeps the record of a beat: every claim, who made it, through whom, how firmly, when, in which words."""

__version__ = "0.1.0"
