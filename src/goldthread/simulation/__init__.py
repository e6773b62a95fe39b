"""Invented data for tests, demonstrations and measuring: nothing here is about a real person."""
