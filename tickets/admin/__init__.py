from tickets.admin import customer, feedback, journal, notice, ticket  # noqa: F401  they register themselves
