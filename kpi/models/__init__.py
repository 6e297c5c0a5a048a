from kpi.models.report import QuarterlyReport, ReportScope, ReportState

__all__ = ["QuarterlyReport", "ReportScope", "ReportState"]
