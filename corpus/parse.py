"""The parser of article files, under the name the corpus has always had for it: it lives in the package."""

from onrecord.marked import Article, Attribution, Mark, MarkedClaim, MarkError, load, parse, unmark

__all__ = ["Article", "Attribution", "Mark", "MarkError", "MarkedClaim", "load", "parse", "unmark"]
