"""Addresses of the partners' own pages, one module an audience."""
