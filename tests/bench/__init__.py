"""The yardsticks beside ours: `make bench`. Measurements, no tests: nothing here fails because a machine is slow."""
