"""Files of delivery events on their way in: whose records they are, what they would do, and taking them in.

Used by the command `import_delivery_events` and by the upload page. A file goes in whole or not at all.
"""
