"""What the worker does for the partner network: one module a subject."""
