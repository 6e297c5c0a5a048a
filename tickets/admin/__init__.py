from tickets.admin import customer, feedback, hand_over, journal, notice, sla_policy, sla_policy_line, ticket  # noqa: F401  they register themselves
