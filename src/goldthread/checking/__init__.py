"""Checks files, each in a process that is capped in memory and time.

Between the commands, pages and jobs that ask for a check, and the readers and the core that do it.
"""
