"""A mail server that does what the user part of an address says: aiosmtpd, as its users run it.

Arguments: `plain`, `starttls` or `implicit`; where to write the certificate of its authority; a
password to ask for, or `-`. It prints its port, and then each message as a line of JSON.
"""

import asyncio
import json
import ssl
import sys
from email import message_from_bytes

import trustme
from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self):
        self.broken = set()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger"):
            return "550 5.7.1 we do not know you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        word = address.split("@")[0].split("-")[0]
        if word == "nobody":
            return f"550 5.1.1 <{address}>: no such user"
        if word == "later":
            return "451 4.7.1 greylisted, come back in a while"
        if word == "drop" and address not in self.broken:
            self.broken.add(address)
            server.transport.close()
            return "421 gone"
        if word == "hang":
            await asyncio.Event().wait()  # which nobody sets
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        word = envelope.rcpt_tos[0].split("@")[0].split("-")[0]
        if word == "spam":
            return "554 5.7.1 we do not like this"
        if word == "vanish":
            server.transport.close()
            return "421 gone"
        message = message_from_bytes(envelope.content)
        parts = [part for part in message.walk() if not part.is_multipart()]
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": server.transport.get_extra_info("ssl_object") is not None,
            "login": bool(session.authenticated),
            "headers": [[name, str(value)] for name, value in message.items()],
            "parts": [[part.get_content_type(),
                       part.get_payload(decode=True).decode()] for part in parts],
        }), flush=True)
        return "250 OK"


def main():
    mode, authority, password = sys.argv[1:4]
    context = None
    if mode != "plain":
        ca = trustme.CA()
        ca.cert_pem.write_to_path(authority)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert("localhost").configure_cert(context)
    handler = Handler()

    def login(server, session, envelope, mechanism, data):
        right = data.login == b"us" and data.password == password.encode()
        return AuthResult(success=right)

    def protocol():
        asked = password != "-"
        return SMTP(
            handler,
            hostname="localhost",
            enable_SMTPUTF8=False,
            tls_context=context if mode == "starttls" else None,
            require_starttls=mode == "starttls",
            authenticator=login if asked else None,
            auth_required=asked,
            auth_require_tls=mode == "starttls",
        )

    async def serve():
        wrapped = context if mode == "implicit" else None
        loop = asyncio.get_running_loop()
        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=wrapped)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(serve())


main()
