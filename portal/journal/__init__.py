"""The chained service log. Use `portal.journal.log.record` to write and `portal.journal.verify` to check."""
