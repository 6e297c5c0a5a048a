"""What the admin shows of notices: the own inbox, preferences, the wording of each kind, and the delivery log."""
