from tickets.admin import ticket  # noqa: F401  registers itself
