"""What the schedule asks of the tickets' subjects: one module a subject."""
