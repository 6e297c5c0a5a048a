from kpi.models.report import QuarterlyReport, ReportScope, ReportState
from kpi.rules import verbs as verbs  # the service log of a report reads its words from there

__all__ = ["QuarterlyReport", "ReportScope", "ReportState"]
