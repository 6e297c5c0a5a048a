from tickets.admin import customer, ticket  # noqa: F401  they register themselves
