"""What the admin's first page shows."""

from typing import Any

from django.http import HttpRequest


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the figures of the first page to Unfold's context."""
    return context
