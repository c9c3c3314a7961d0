"""The forms a page holds, read from its HTML as a browser would: fields with the values a reader would send unchanged."""

from html.parser import HTMLParser

from lxml.html import document_fromstring

OURS = ("csrfmiddlewaretoken", "form_token")
ONLY_WHEN_PRESSED = ("switch_language", "resolve", "more", "less")


class Forms(HTMLParser):
    """Collects, for each form that posts, its action and its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, list[str]]]] = []
        self._fields: dict[str, list[str]] | None = None
        self._name = ""
        self._text = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            posts = given.get("method", "").lower() == "post"
            self._fields = {} if posts else None
            if posts:
                self.found.append((given.get("action") or "", self._fields))
        name = given.get("name")
        if self._fields is None:
            return
        if tag == "option" and self._name:
            values = self._fields[self._name]
            if "selected" in given or (not values and given.get("value")):
                self._fields[self._name] = [given.get("value") or ""]
        if not name or name in OURS or name in ONLY_WHEN_PRESSED or given.get("type") in ("submit", "file"):
            return
        self._name, self._text = name, tag == "textarea"
        if tag == "select":
            self._fields[name] = []
        elif given.get("type") in ("radio", "checkbox"):
            values = self._fields.setdefault(name, [])
            if "checked" in given or (not values and given.get("type") == "radio"):
                self._fields[name] = [given.get("value") or "on"]
        else:
            self._fields[name] = [given.get("value") or ("A text" if given.get("type") == "text" else "")]

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self._name, self._text = "", False
        if tag == "form":
            self._fields = None

    def handle_data(self, data):
        if self._text and self._fields is not None and data.strip():
            self._fields[self._name] = [data.removeprefix("\n")]


def forms_of(html: str) -> list[tuple[str, dict[str, list[str]]]]:
    """(action, fields) of every form of the page that posts; an empty action is the page itself."""
    reader = Forms()
    reader.feed(html)
    return reader.found


def text_fields(html: str) -> list[tuple[str, str]]:
    """(action, name) of every field of a form that posts into which a reader may type text."""
    found = []
    for form in document_fromstring(html).iterfind(".//form[@method='post']"):
        for field in form.iter("input", "textarea"):
            if field.tag == "textarea" or field.get("type", "text") in ("text", "search", "url", "email"):
                found.append((form.get("action") or "", field.get("name") or ""))
    return [(action, name) for action, name in found if name]
