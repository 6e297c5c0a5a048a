"""A historical log becomes tickets with their journal, clocks and figures (spec/interfaces.md, R057)."""

from tickets.actions.import_log.run import import_log
from tickets.actions.import_log.summary import Summary

__all__ = ["Summary", "import_log"]
