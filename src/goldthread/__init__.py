"""Goldthread: how good an authority's EHC plans are, how that compares, and how sure we can be."""

__version__ = "0.1.0"
