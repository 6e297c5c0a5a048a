"""The one corridor: every change of a workflow row goes through `portal.workflow.corridor`."""
