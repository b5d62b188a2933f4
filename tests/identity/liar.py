"""A provider that lies in the way that its address says: http://127.0.0.1:PORT/<lie>."""

import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEYS = {name: RSAKey.generate_key(2048, {"kid": name}) for name in ["ours", "foreign", "next"]}
CODES = {}
SEEN = {}


def metadata(base, lie):
    issuer = "https://accounts.example.org" if lie == "metadata" else base
    elsewhere = "http://192.0.2.1" if lie == "in-the-clear" else base
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{elsewhere}/token",
        "userinfo_endpoint": f"{base}/userinfo",
        "jwks_uri": f"{base}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def id_token(base, lie, nonce):
    now = int(time.time())
    claims = {
        "iss": base, "sub": "1", "aud": "space", "iat": now, "exp": now + 600, "nonce": nonce,
        "email": "ada@example.org", "email_verified": True,
    }
    claims.update({
        "issuer": {"iss": "https://accounts.google.com"},
        "audience": {"aud": "somebody-else"},
        "nonce": {"nonce": "0" * 64},
        "no-nonce": {"nonce": None},
        "expired": {"iat": now - 7200, "exp": now - 3600},
        "unverified": {"email_verified": False},
        "silent": {"email_verified": None},
        "in-words": {"email_verified": "true"},
    }.get(lie, {}))
    if lie == "userinfo":
        del claims["email"], claims["email_verified"]
    claims = {name: value for name, value in claims.items() if value is not None}
    if lie == "none":
        return f'{part(json.dumps({"alg": "none"}).encode())}.{part(json.dumps(claims).encode())}.'
    if lie == "symmetric":
        # Signed with what everybody knows, in the hope that it is taken for a secret.
        text = f'{part(json.dumps({"alg": "HS256"}).encode())}.{part(json.dumps(claims).encode())}'
        key = KEYS["ours"].as_pem(private=False)
        return f'{text}.{part(hmac.new(key, text.encode(), hashlib.sha256).digest())}'
    name = {"key": "foreign", "rotated": "next"}.get(lie, "ours")
    header = {"alg": "RS256", "kid": "ours" if lie == "key" else name}
    return jwt.encode(header, claims, KEYS[name])


class Liar(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, body, status=200, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except BrokenPipeError:
            pass

    def place(self):
        split = urlsplit(self.path)
        _, lie, rest = (split.path + "/").split("/", 2)
        base = f"http://127.0.0.1:{self.server.server_port}/{lie}"
        query = {name: value[0] for name, value in parse_qs(split.query).items()}
        return lie, rest.strip("/"), base, query

    def do_GET(self):
        lie, rest, base, query = self.place()
        if rest == ".well-known/openid-configuration":
            if lie == "endless":
                return self.answer(b" " * 4_000_000)
            if lie == "elsewhere":
                return self.answer({}, 302, [("Location", f"{base}/../honest/{rest}")])
            return self.answer(metadata(base, lie))
        if rest == "jwks":
            SEEN[lie] = SEEN.get(lie, 0) + 1
            keys = ["ours"] if lie != "rotated" or SEEN[lie] == 1 else ["ours", "next"]
            return self.answer({"keys": [KEYS[it].as_dict(private=False) for it in keys]})
        if rest == "userinfo":
            return self.answer({"sub": "1", "email": "ada@example.org", "email_verified": True})
        if rest == "authorize":
            code = f"code-{len(CODES)}"
            CODES[code] = query.get("nonce", "")
            back = f'{query["redirect_uri"]}?code={code}&state={query["state"]}'
            return self.answer({}, 302, [("Location", back)])
        self.answer({}, 404)

    def do_POST(self):
        lie, _, base, _ = self.place()
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: value[0] for name, value in parse_qs(sent).items()}
        if form.get("code") not in CODES:
            return self.answer({"error": "invalid_grant"}, 400)
        nonce = CODES.pop(form["code"])
        token = {"access_token": "a", "token_type": "Bearer", "expires_in": 600}
        if lie != "no-token":
            token["id_token"] = id_token(base, lie, nonce)
        self.answer(token)


server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
print(server.server_port, flush=True)
server.serve_forever()
