"""A server on this machine that speaks the Messages and Message Batches APIs as documented, with scripted answers.

    with MessagesServer(answer=reader) as server:
        ... ANTHROPIC_BASE_URL=server.url ANTHROPIC_API_KEY=test toolmark score tools.json --judge

It refuses what the API refuses (no key, unknown model, sampling parameters, a missing max_tokens, an assistant's last word), counts
tokens and the vendor's cache (a prefix of fewer tokens than the model's floor is not cached), sends rate-limit headers and request ids,
and answers errors in the documented shape. `answer` gets the request's body and gives text, a dict (sent as JSON) or a `Trouble`.
`seconds`: how long an answer takes; `polls`: after how many looks a batch has ended. It keeps every body in `bodies`, and times in `first`, `last`, `most_at_once`, `answered`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from uuid import uuid4

FLOORS = {"claude-haiku-5-5": 512, "claude-sonnet-5-5": 1024, "claude-haiku-4-5": 4096}
_KINDS = {400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 403: "permission_error", 404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 529: "overloaded_error"}  # fmt: skip


class Trouble(NamedTuple):
    """Something other than an answer. status 0 closes the connection without a word; stop gives a message with another stop reason."""

    status: int = 200
    stop: str = "end_turn"
    text: str = ""
    headers: tuple = ()
    details: dict | None = None


def facts_of(body):
    """The ids that may be answered."""
    return body["output_config"]["format"]["schema"]["$defs"]["fact"]["enum"]


def shown(body):
    """The definition, or the outline of the set, as JSON gives it back."""
    text = body["messages"][-1]["content"][-1]["text"]
    return json.loads(text.split("\n----- ")[1].split("\n", 1)[1])


def answers(body, yes=(), unsure=(), reasons="It says what it does. It leaves the rest open."):
    """An answer to all questions: `yes` is a map of fact to quote."""
    yes = dict(yes)
    facts = facts_of(body)
    keys = body["output_config"]["format"]["schema"]["properties"]["reasons"]["required"]
    return {
        "yes": [{"fact": fact, "quote": quote} for fact, quote in yes.items()],
        "no": [fact for fact in facts if fact not in yes and fact not in unsure],
        "unsure": list(unsure),
        "reasons": dict.fromkeys(keys, reasons),
    }


class MessagesServer:
    def __init__(self, answer=answers, seconds=0.0, key="test", models=tuple(FLOORS), polls=2):
        self.answer, self.seconds, self.key, self.models = answer, seconds, key, models
        self.polls = polls
        self.bodies, self.batches, self.prefixes = [], {}, {}
        self.lock = threading.Lock()
        self.reset()
        server = self

        class Handler(_Handler):
            owner = server

        class Quiet(ThreadingHTTPServer):
            daemon_threads, request_queue_size = True, 256

            def handle_error(self, request, client_address):
                pass

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def reset(self):
        self.first = self.last = 0.0
        self.now = self.most_at_once = self.answered = 0

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def message(self, body, *, cached=True):
        """A message for a body, or a Trouble."""
        said = self.answer(body)
        if isinstance(said, Trouble) and (said.status != 200 or not said.status):
            return said
        stop, details = (said.stop, said.details) if isinstance(said, Trouble) else ("end_turn", None)
        text = said.text if isinstance(said, Trouble) else said if isinstance(said, str) else json.dumps(said)
        return {
            "id": f"msg_{uuid4().hex[:24]}", "type": "message", "role": "assistant", "model": body["model"],
            "content": [{"type": "text", "text": text}] if text else [],
            "stop_reason": stop, "stop_sequence": None, "stop_details": details,
            "usage": self.usage(body, text, cached=cached),
        }  # fmt: skip

    def usage(self, body, text, *, cached=True):
        """Tokens as four characters each; what stands up to the last cached mark is written once and then read."""
        blocks = [*body["system"], *body["messages"][-1]["content"]]
        last = max((n for n, block in enumerate(blocks) if block.get("cache_control")), default=-1)
        prefix = (
            body["model"] + json.dumps(body["output_config"]) + "".join(block["text"] for block in blocks[: last + 1])
        )
        total = len(json.dumps(body["output_config"]["format"]["schema"])) + sum(len(block["text"]) for block in blocks)
        size, whole = len(prefix) // 4, total // 4
        floor = FLOORS.get(body["model"], 1024)
        mark = hashlib.sha256(prefix.encode()).hexdigest()
        read = written = 0
        if cached and last >= 0 and size >= floor:
            with self.lock:
                known = self.prefixes.get(mark, 0) > time.monotonic() - 300
                self.prefixes[mark] = time.monotonic()
            read, written = (size, 0) if known else (0, size)
        return {
            "input_tokens": max(whole - read - written, 1), "output_tokens": max(len(text) // 4, 1), "cache_creation_input_tokens": written,
            "cache_read_input_tokens": read, "cache_creation": {"ephemeral_5m_input_tokens": written, "ephemeral_1h_input_tokens": 0}, "service_tier": "standard",
        }  # fmt: skip

    def refuses(self, body, headers):
        """Why the API would refuse a body: (status, words), or None."""
        given = headers.get("x-api-key") or (headers.get("authorization") or "").removeprefix("Bearer ")
        if given != self.key:
            return 401, "invalid x-api-key"
        if not headers.get("anthropic-version"):
            return 400, "anthropic-version: header is required"
        return self.refuses_body(body)

    def refuses_body(self, body):
        if body.get("model") not in self.models:
            return 404, f"model: {body.get('model')}"
        for name in ("temperature", "top_p", "top_k"):
            if name in body:
                return 400, f"{name}: Extra inputs are not permitted"
        if not isinstance(body.get("max_tokens"), int) or body["max_tokens"] < 1:
            return 400, "max_tokens: Field required"
        if not body.get("messages") or body["messages"][-1]["role"] != "user":
            return 400, "This model does not support assistant message prefill."
        schema = body.get("output_config", {}).get("format", {}).get("schema")
        if schema is not None and '"additionalProperties": false' not in json.dumps(schema):
            return 400, "output_config.format.schema: additionalProperties must be false"
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: MessagesServer
    wbufsize = -1  # headers and body in one packet
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])) or b"{}")
        if self.path.startswith("/v1/messages/batches"):
            return self._batch(body)
        if not self.path.startswith("/v1/messages"):
            return self._error(404, "not found")
        refused = self.owner.refuses(body, self.headers)
        if refused:
            return self._error(*refused)
        return self._message(body)

    def _message(self, body):
        owner = self.owner
        with owner.lock:
            owner.bodies.append(body)
            owner.first = owner.first or time.monotonic()
            owner.now += 1
            owner.most_at_once = max(owner.most_at_once, owner.now)
        time.sleep(owner.seconds)
        said = owner.message(body)
        with owner.lock:
            owner.now -= 1
        if isinstance(said, Trouble):
            if not said.status:
                self.close_connection = True
                return
            self._error(said.status, said.text or "trouble", said.headers)
            return
        self._send(200, said)
        with owner.lock:
            owner.last = time.monotonic()
            owner.answered += 1

    def do_GET(self):
        match = re.fullmatch(r"/v1/messages/batches/([\w-]+)(/results)?", self.path.split("?")[0])
        if self.path.split("?")[0] == "/v1/messages/batches":
            found = [self._public(name) for name in reversed(self.owner.batches)]
            self._send(200, {"data": found, "has_more": False, "first_id": None, "last_id": None})
        elif not match or match[1] not in self.owner.batches:
            self._error(404, "batch not found")
        elif match[2]:
            lines = "".join(json.dumps(line) + "\n" for line in self.owner.batches[match[1]]["results"])
            self._send(200, lines, "application/x-jsonl")
        else:
            self.owner.batches[match[1]]["polls"] -= 1
            self._send(200, self._public(match[1]))

    def _batch(self, body):
        refused = self.owner.refuses({**body["requests"][0]["params"]}, self.headers)
        ids = [request["custom_id"] for request in body["requests"]]
        if not refused and len(set(ids)) < len(ids):
            refused = 400, "requests: custom_id must be unique"
        if not refused and not all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", one) for one in ids):
            refused = 400, "requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'"
        if refused:
            return self._error(*refused)
        name = f"msgbatch_{uuid4().hex[:20]}"
        results = [{"custom_id": r["custom_id"], "result": self._result(r["params"])} for r in body["requests"]]
        self.owner.batches[name] = {"results": results[::-1], "polls": self.owner.polls, "created": time.time()}
        self.owner.bodies += [request["params"] for request in body["requests"]]
        return self._send(200, self._public(name))

    def _result(self, params):
        said = self.owner.message(params)
        if not isinstance(said, Trouble):
            return {"type": "succeeded", "message": said}
        if said.stop in ("expired", "canceled"):
            return {"type": said.stop}
        return {"type": "errored", "error": _error(said.status or 500, "trouble", "req_batch")}

    def _public(self, name):
        batch = self.owner.batches[name]
        done = batch["polls"] <= 0
        kinds = [line["result"]["type"] for line in batch["results"]]
        counts = {kind: kinds.count(kind) if done else 0 for kind in ("succeeded", "errored", "canceled", "expired")}
        stamp = lambda seconds: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(batch["created"] + seconds))  # noqa: E731
        return {
            "id": name, "type": "message_batch", "processing_status": "ended" if done else "in_progress",
            "request_counts": {"processing": 0 if done else len(kinds), **counts}, "created_at": stamp(0), "expires_at": stamp(86400),
            "ended_at": stamp(1) if done else None, "archived_at": None, "cancel_initiated_at": None,
            "results_url": f"{self.owner.url}/v1/messages/batches/{name}/results" if done else None,
        }  # fmt: skip

    def _error(self, status, words, headers=()):
        self._send(status, _error(status, words, f"req_{uuid4().hex[:20]}"), extra=dict(headers))

    def _send(self, status, document, kind="application/json", extra=()):
        payload = (document if isinstance(document, str) else json.dumps(document)).encode()
        self.send_response(status)
        headers = {"content-type": kind, "content-length": str(len(payload)), "request-id": f"req_{uuid4().hex[:20]}"}
        for kind_of in ("requests", "input-tokens", "output-tokens"):
            headers |= {f"anthropic-ratelimit-{kind_of}-limit": "4000", f"anthropic-ratelimit-{kind_of}-remaining": "3999", f"anthropic-ratelimit-{kind_of}-reset": "2026-11-25T00:00:00Z"}  # fmt: skip
        for name, value in {**headers, **dict(extra)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)
        self.wfile.flush()


def _error(status, words, request):
    return {
        "type": "error",
        "error": {"type": _KINDS.get(status, "api_error"), "message": words},
        "request_id": request,
    }


if __name__ == "__main__":
    with MessagesServer() as standing:
        print(f"export ANTHROPIC_BASE_URL={standing.url} ANTHROPIC_API_KEY={standing.key}")
        print("Ctrl-C ends it.", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
