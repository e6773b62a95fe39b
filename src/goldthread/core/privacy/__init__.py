"""Finds personal data in a document and says what may stand in its place.

It lowers a risk; it does not take it away: names that no rule knows stay.
"""
