from kpi.models.report import QuarterlyReport

__all__ = ["QuarterlyReport"]
