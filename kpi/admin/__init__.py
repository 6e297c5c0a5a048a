from kpi.admin import report  # noqa: F401  registers itself
