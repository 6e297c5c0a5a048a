"""How large a sheet may be; what is larger is refused before it is read (G01, G14)."""

MEBIBYTE = 1024 * 1024

#: Bytes of the file as it is uploaded.
FILE = 10 * MEBIBYTE
#: Bytes of everything in an xlsx file when unpacked, and how many parts it may have.
UNPACKED = 80 * MEBIBYTE
PARTS = 400
ROWS = 5_000
COLUMNS = 100
#: Characters of one cell.
CELL = 10_000
#: Problems that one page lists; the rest is counted.
PROBLEMS = 200
#: Hours for which an upload waits for its confirmation (G10).
WAITING_HOURS = 24
