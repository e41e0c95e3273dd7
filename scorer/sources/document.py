"""A file or stdin as the tools of one server, or as a client config that names servers."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from scorer.errors import InputError
from scorer.models.tool import Origin, ToolSet
from scorer.sources import files, foreign, json_lines, snapshots
from scorer.sources.assemble import file_of, placed, tool_set
from scorer.sources.definitions import Entry, repeated_keys
from scorer.sources.json_errors import explain
from scorer.sources.json_places import Lines
from scorer.sources.json_text import Document, parse
from scorer.sources.numbers import BadNumberError
from scorer.sources.recognise import Listing, client_config, recognise

if TYPE_CHECKING:
    from scorer.sources.client_config import ClientConfig
    from scorer.sources.tree.read import SourceTree

CODE = (".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
_LINES_SUFFIXES = (".jsonl", ".ndjson")
# Characters; a config is a page or two, and finding comments in a hostile text takes quadratic time.
_MAX_COMMENTED = 40_000


def open_source(source: str) -> ToolSet | ClientConfig | SourceTree:
    """The tools that a path or "-" (stdin) holds; for a client config, the servers that it names; for source code, those that it defines.

    Entries that are no tools become `ToolSet.problems`; a valid list without tools becomes an empty set.
    Raises InputError when there is no list of tools at all. Reads that file or folder only, runs and opens nothing.
    """
    if source == "-":
        return read_document(files.read_stdin(), "-")
    if not source:
        raise InputError("there is no input", "Name a file, a folder of snapshots, or - for stdin.")
    if files.is_folder(source):
        return read_folder(source)
    if source.lower().endswith(CODE) and files.is_file(source):
        return _source_file(source)
    return read_document(files.read_file(source), source)


def read_folder(folder: str) -> ToolSet | SourceTree:
    """A folder of snapshots, or a source tree. Raises InputError when it is neither."""
    from scorer.sources.tree.read import is_source_tree, read_source_tree  # noqa: PLC0415 - most inputs need none of it

    if is_source_tree(folder, depth=0):
        try:
            return read_source_tree(folder)
        except InputError:
            if not snapshots.looks_like_one(folder):
                raise
    try:
        return snapshots.read_folder(folder)
    except InputError:
        if is_source_tree(folder) and not snapshots.holds_lists(folder):
            return read_source_tree(folder)
        raise


def _source_file(file: str) -> SourceTree:
    from scorer.sources.tree.read import read_source_file  # noqa: PLC0415 - most inputs need none of it

    return read_source_file(file)


def read_document(data: bytes, source: str) -> ToolSet | ClientConfig:
    """As `open_source`, for bytes that were read. source: their path, or "-" for stdin."""
    name = "stdin" if source == "-" else files.shown(source)
    what = foreign.binary(data)
    if what:
        raise InputError(f"{name} {what.what}", what.tip)
    text = files.decode(data, name)
    del data
    if name.lower().endswith(_LINES_SUFFIXES):
        return _lines(text, source, name)
    try:
        document = parse(text)
    except (JSONDecodeError, BadNumberError, RecursionError) as error:
        return _not_one_value(text, source, name, error)
    config = client_config(document.value)
    if config is not None:
        return _client_config(config, name)
    return _tools(text, document, source, name)


def _client_config(document: object, name: str) -> ClientConfig:
    from scorer.sources.client_config import read_client_config  # noqa: PLC0415 - most inputs need none of it

    return read_client_config(document, name)


def _not_one_value(
    text: str, source: str, name: str, error: JSONDecodeError | BadNumberError | RecursionError
) -> ToolSet | ClientConfig:
    what = foreign.text(text, source)
    if what:
        raise InputError(f"{name} {what.what}", what.tip)
    extra = isinstance(error, JSONDecodeError) and error.msg == "Extra data"
    if json_lines.hold_messages(text) or (extra and json_lines.are_values(text)):
        return _lines(text, source, name)
    config = _commented_config(text)
    if config is not None:
        return _client_config(config, name)
    raise explain(error, text, name)


def _commented_config(text: str) -> dict[str, Any] | None:
    """A client config that is JSON but for comments and trailing commas: editors allow them there, so people have them."""
    if len(text) > _MAX_COMMENTED or not ('"servers"' in text or '"mcpServers"' in text):
        return None
    from scorer.sources.jsonc import blank_comments  # noqa: PLC0415 - most inputs need none of it

    try:
        return client_config(parse(blank_comments(text)).value)
    except (JSONDecodeError, BadNumberError, RecursionError):
        return None


def _lines(text: str, source: str, name: str) -> ToolSet:
    found = json_lines.lines(text, name)
    if any(isinstance(line.value, dict) and "jsonrpc" in line.value for line in found):
        return _session([(line.number, "", line.value) for line in found if line.error is None], source, name)
    readable = [line for line in found if line.error is None]
    if len(readable) == 1 == len(found):
        return _tools(text, parse(text), source, name)
    if not readable:
        raise next((line.error for line in found if line.error), InputError(f"{name} is empty", foreign.LISTS))
    return tool_set(Listing("JSON lines", []), json_lines.entries(found, text, file_of(source)), source)


def _session(messages: list[tuple[int | None, str, Any]], source: str, name: str) -> ToolSet:
    said = json_lines.transcript(messages, file_of(source), name)
    listing = Listing("JSON-RPC transcript", [], name=said.name, version=said.version, problems=said.problems)
    return tool_set(listing, list(said.entries), source)


def _tools(text: str, document: Document, source: str, name: str) -> ToolSet:
    value = document.value
    if isinstance(value, list) and value and all(isinstance(item, dict) and "jsonrpc" in item for item in value):
        return _session([(None, f"/{index}", item) for index, item in enumerate(value)], source, name)
    listing = recognise(value, name)
    repeated = repeated_keys(document.repeated)
    if listing.single:
        start = len(text) - len(text.lstrip())
        lines = Lines(text)
        entry = Entry(value, "#1", Origin(file_of(source), "", lines.place(start)[0]), repeated, None, lines, start)
        return tool_set(listing, [entry], source)
    elements = document.elements.get(listing.pointer, [])
    return tool_set(listing, placed(text, elements, listing.pointer, file_of(source)), source, repeated)
