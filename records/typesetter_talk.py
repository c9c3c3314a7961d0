"""How the process that sets documents is asked, and how it answers; read by both sides, so nothing heavy is imported here."""

import struct

# Asked: variant of PDF, seconds, bytes of memory, length of the HTML that follows. Answered: how it went, length of what the
# renderer said (JSON, a list of lines), length of the document or of the words about what failed.
QUESTION, ANSWER = struct.Struct("!16sIQI"), struct.Struct("!cII")
SET, TOO_LONG, TOO_MUCH, FAILED = b"P", b"T", b"M", b"E"
