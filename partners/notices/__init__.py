"""Whom a change in the partner network is told, and in which words: one module a subject."""

from partners.notices import places

__all__ = ["places"]
