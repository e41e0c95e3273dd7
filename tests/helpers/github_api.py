"""GitHub's API for comments on a pull request, on loopback: pages, authors, limits, refusals, silence."""

from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_canary_0123456789"
BOT = "github-actions[bot]"
_COMMENTS = re.compile(r"/repos/acme/shop/issues/(\d+)/comments")
_ONE = re.compile(r"/repos/acme/shop/issues/comments/(\d+)")


class GitHub:
    """The state of one repository. answers: refusals to give first, as (method, status, headers, message or "hang")."""

    def __init__(self, page=2):
        self.comments: list[dict] = []
        self.pulls: list[dict] = []
        self.answers: list[tuple] = []
        self.asked: list[tuple[str, str]] = []
        self.page, self.next_id = page, 1
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def add(self, body, login=BOT, issue=7):
        self.comments.append({"id": self.next_id, "body": body, "user": {"login": login}, "issue": issue})
        self.next_id += 1
        return self.comments[-1]

    def writes(self):
        return [(method, path) for method, path in self.asked if method != "GET"]

    def answer(self, method, path, query, body, headers):
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {}, {"message": "Bad credentials"}
        refusal = next((one for one in self.answers if one[0] == method), None)
        if refusal:
            self.answers.remove(refusal)
            _, status, extra, message = refusal
            if message == "hang":
                time.sleep(status)
                return 200, {}, []
            return status, extra, {"message": message}
        if method in ("POST", "PATCH") and len(body["body"].encode("utf-16-le")) // 2 > 65_536:
            return 422, {}, {"message": "Validation Failed"}
        return self._routed(method, path, query, body)

    def _routed(self, method, path, query, body):
        issue, one = _COMMENTS.fullmatch(path), _ONE.fullmatch(path)
        if path == "/repos/acme/shop/pulls":
            return self._listed(
                [pull for pull in self.pulls if f"{pull['owner']}:{pull['branch']}" == query["head"][0]], query, path
            )
        if issue and method == "GET":
            return self._listed([made for made in self.comments if made["issue"] == int(issue[1])], query, path)
        if issue and method == "POST":
            return 201, {}, self.add(body["body"], issue=int(issue[1]))
        made = next((made for made in self.comments if one and made["id"] == int(one[1])), None)
        if made is None:
            return 404, {}, {"message": "Not Found"}
        made["body"] = body["body"]
        return 200, {}, made

    def _listed(self, items, query, path):
        number = int(query.get("page", ["1"])[0])
        shown = items[(number - 1) * self.page : number * self.page]
        more = len(items) > number * self.page
        link = {"Link": f'<{self.url}{path}?page={number + 1}>; rel="next"'} if more else {}
        return 200, link, shown

    def _handler(self):
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do(self):
                parts = urlsplit(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                api.asked.append((self.command, parts.path))
                status, headers, value = api.answer(self.command, parts.path, parse_qs(parts.query), body, self.headers)
                content = json.dumps(value).encode()
                try:
                    self.send_response(status)
                    for key, text in {
                        **headers,
                        "Content-Length": str(len(content)),
                        "Content-Type": "application/json",
                    }.items():
                        self.send_header(key, text)
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    pass  # the client did not wait

            do_GET = do_POST = do_PATCH = do  # noqa: N815 - the names that the standard library calls

            def log_message(self, *_):
                pass

        return Handler
