"""The only writers of what is business in the partner network; each writes one journal entry."""

from partners import verbs

__all__ = ["verbs"]
