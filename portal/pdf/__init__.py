"""PDFs from templates: without network, the same bytes for the same input, in a child process with limits.

`from portal.pdf import render, data_uri, PdfFailed`; the charts are in portal.pdf.charts.
"""

from importlib import import_module
from typing import Any

_DOORS = {"render": "document", "render_html": "document", "data_uri": "document", "PdfFailed": "pool"}


def __getattr__(name: str) -> Any:
    # The child process imports this package too and must not load Django for it.
    if name in _DOORS:
        return getattr(import_module(f"portal.pdf.{_DOORS[name]}"), name)
    raise AttributeError(name)
