"""Documents sealed by the organisation: PDF/A-3a and PDF/UA-1 in one file, signed with its certificate (PAdES).

certificate   the organisation's key, certificate and chain, from the settings
authority     an authority and a certificate made on the spot, for the demonstration and the tests
archive       what makes a tagged PDF an archived one with attachments and an empty signature field
signing       seal(pdf, …) -> bytes
checking      what a signature says of the bytes around it
verdicts      genuine or altered, in force or not: what the public page and the command answer
"""
