from tickets.admin import customer, feedback, journal, notice, sla_policy, sla_policy_line, ticket  # noqa: F401  they register themselves
