"""Names of uploaded files: kept as text for people to read, never used as a path."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_NAME = 200
# What nobody sees or what turns the reading direction round: controls, formats, private characters, line separators.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
MACRO = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam"}
OLD_OFFICE = {"doc", "dot", "xls", "xlt", "ppt", "pps", "rtf"}
WEB_PAGES = {"html", "htm", "xhtml", "xht", "mht", "mhtml", "shtml"}
KEPT = {"pdf", "docx", "xlsx", "pptx", "png", "jpg", "jpeg", "csv", "txt"}
OTHERS = {"ade", "apk", "app", "asp", "aspx", "bat", "bin", "bmp", "bz2", "cab", "chm", "cmd", "com", "cpl", "dll", "dmg", "dotx",
          "elf", "exe", "gif", "gz", "hta", "ics", "img", "inf", "iso", "jar", "js", "jse", "jsp", "json", "key", "lnk", "md",
          "mjs", "msc", "msi", "msp", "odp", "ods", "odt", "one", "phar", "php", "pif", "pl", "ps1", "py", "rar", "rb", "reg",
          "scr", "sh", "svg", "svgz", "swf", "tar", "tiff", "url", "vbe", "vbs", "war", "webp", "wsf", "wsh", "xml", "xps", "7z",
          "zip"}  # fmt: skip
KNOWN = KEPT | MACRO | OLD_OFFICE | WEB_PAGES | OTHERS


def clean_name(name: str) -> str:
    """The name without what nobody can see. ValidationError for a path, no name at all, or more than 200 characters."""
    if "/" in name or "\\" in name or name.strip() in (".", ".."):
        raise ValidationError(_("The name of the file holds a path. Give the file a plain name and try again."))
    seen = "".join(each for each in unicodedata.normalize("NFC", name) if unicodedata.category(each) not in UNSEEN)
    seen = seen.strip().rstrip(". ")
    if not seen.strip(". "):
        raise ValidationError(_("The file has no name. Give it one and try again."))
    if len(seen) > LONGEST_NAME:
        raise ValidationError(
            _("The name of the file is longer than %(limit)d characters. Shorten it and try again.")
            % {"limit": LONGEST_NAME}
        )
    return seen


def extension(name: str) -> str:
    """The extension of a clean name, one of those kept. ValidationError says what to do instead of any other."""
    stem, dot, last = name.rpartition(".")
    last = last.lower()
    if last in KEPT and stem.strip():
        _only_one(stem)
        return last
    raise ValidationError(_instead_of(last if dot else ""))


def _only_one(stem: str) -> None:
    """Refuse a name that shows one kind and is another: report.exe.pdf."""
    inner = re.split(r"[.:;]", stem.lower())[1:]
    if any(part.strip() in KNOWN for part in inner):
        raise ValidationError(
            _("The name of the file has two extensions. Rename the file so that only its own one is left.")
        )


def _instead_of(last: str) -> str:
    if last in ("svg", "svgz"):
        return no_svg()
    if last in WEB_PAGES:
        return no_web_page()
    if last in MACRO:
        return no_macros()
    if last in OLD_OFFICE:
        return no_old_office()
    return _("Files of this kind are not kept here. Use PDF, DOCX, XLSX, PPTX, PNG, JPEG, CSV or TXT.")


def no_svg() -> str:
    return _("SVG pictures can carry programs and are not kept here. Save the picture as PNG or PDF.")


def no_web_page() -> str:
    return _("Web pages can carry programs and are not kept here. Print the page as PDF.")


def no_macros() -> str:
    return _("Documents with macros are not kept here. Save the document without them, as DOCX, XLSX or PPTX.")


def no_old_office() -> str:
    return _(
        "Old office documents, and those with a password, cannot be checked. Save the document as DOCX, XLSX or PPTX "
        "without a password."
    )
