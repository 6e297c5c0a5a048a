"""Addresses of the tickets' own pages, one module an audience."""
