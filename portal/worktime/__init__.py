"""Working time: pure arithmetic over calendars that are data. Rows of the database come in by `queries`."""
