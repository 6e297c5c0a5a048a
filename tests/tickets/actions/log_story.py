"""A small log of a help desk, shared by the tests of the import."""

from tickets.actions.import_log import Summary, import_log
from tickets.rules.log_mapping import parse

EVENTS = """
kind = "events"
name = "desk"
timestamp_formats = ["%Y-%m-%d %H:%M"]
[columns]
ticket = "Case"
partner = "Group"
outlet = "Shop"
assignee = "Owner"
customer = "Customer"
product = "Product"
score = "Score"
remark = "Remark"
[events]
activity = "Activity"
at = "At"
actor = "Owner"
[verbs]
"Opened" = "receive"
"Taken" = "accept"
"Solved" = "complete"
"Closed" = "close"
[values.category]
"*" = "fault"
"""
HEADER = "Case,Group,Shop,Owner,Customer,Product,Score,Remark,Activity,At\n"
ROWS = [
    "1,North,Shop A,Ann,Acme,Car,,,Opened,2020-03-02 09:00",
    "2,South,,,Bolt,Car,,,Opened,2020-03-02 10:00",
    "1,North,Shop A,Ann,Acme,Car,,,Taken,2020-03-02 09:30",
    "1,North,Shop A,Ann,Acme,Car,,,Taken,2020-03-02 09:30",
    "1,North,Shop A,Ben,Acme,Car,2,slow,Solved,2020-03-03 09:00",
    "1,North,Shop A,Ben,Acme,Car,2,slow,Closed,2020-03-04 09:00",
    "2,South,,,Bolt,Car,,,Looked at,2020-03-02 11:00",
]


def take(folder, rows=ROWS, mapping=EVENTS, **options) -> Summary:
    """Write the rows into a file of the folder and import it."""
    path = folder / "log.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return import_log(path, parse(mapping), **options)
