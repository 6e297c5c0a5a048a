"""Partner staff on a telephone: inbox, ticket, its steps, notices."""
