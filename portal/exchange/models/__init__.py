"""What portal.exchange keeps."""

from portal.exchange.models.export_job import ExportJob, ExportState

__all__ = ["ExportJob", "ExportState"]
