"""What the last signature does (domain.md §6). `actions.mou_signing.sign_mou` calls, inside its own act and holding the row:

come_into_force(mou=mou, by=by)    # in force, the version before superseded, product status granted, the parties told
"""

from governance.actions.mou_force import come_into_force, is_too_late

__all__ = ["come_into_force", "is_too_late"]
