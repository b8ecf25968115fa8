"""Collect every message of the code and templates into the Chinese catalogue.

`make messages` rewrites the catalogue; `--check` (in `make check`) changes nothing and fails when
it is not what the code says, or not complete.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "templates/locale/zh_CN/LC_MESSAGES/messages.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = {"app": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: zh_CN\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n\n'
)


def collected() -> Catalog:
    """Return the catalogue that the code asks for, with the translations it has."""
    wanted = Catalog(locale="zh_CN", fuzzy=False)
    for folder, methods in METHODS.items():
        found = extract_from_dir(ROOT / folder, methods, OPTIONS, keywords=KEYWORDS)
        for _, _, message, _, _ in found:
            wanted.add(message)
    if CATALOGUE.exists():
        have = read_po(BytesIO(CATALOGUE.read_bytes()), locale="zh_CN")
        for message in wanted:
            old = have.get(message.id)
            if message.id and old is not None:
                message.string = old.string
    return wanted


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue in one order, with a header that holds no date."""
    out = BytesIO()
    write_po(out, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + out.getvalue().rstrip(b"\n") + b"\n"


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages without Chinese."""
    return [str(message.id) for message in catalogue if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(forms) and all(forms)


def main() -> None:
    """Write the catalogue, or check it."""
    catalogue = collected()
    if "--check" not in sys.argv:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(written(catalogue))
        return
    missing = untranslated(catalogue)
    if missing:
        sys.exit(f"without Chinese: {missing}")
    if CATALOGUE.read_bytes() != written(catalogue):
        sys.exit("the catalogue is not what the code says: run `make messages`")


if __name__ == "__main__":
    main()
