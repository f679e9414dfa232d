"""A webhook: JSON under an HMAC, posted to the one address that the installation names, never to a private host unasked.

The header `X-Hopluc-Signature: t=<seconds>,v1=<HMAC-SHA-256 of "seconds.body" in hexadecimal>` is checked by whoever receives it.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10  # for which the other side may think
HEADER = "X-Hopluc-Signature"


def body_of(event: str, payload: Any) -> str:
    return json.dumps({"event": event, "data": payload}, ensure_ascii=False, sort_keys=True)


def signature(body: str, secret: str, at: int) -> str:
    """
    >>> signature("{}", "secret", 1000)[:20]
    't=1000,v1=026360fb62'
    """
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.{body}'.encode(), 'sha256').hexdigest()}"


def post(url: str, body: str, number: int) -> str:
    """Send it; gives why it was not taken, nothing where it was. The other side knows repetitions by `number`."""
    parts = urlsplit(url)
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or (parts.scheme == "http" and not settings.WEBHOOK_PRIVATE)
    ):
        return _("The address of the webhook must begin with https://.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        address = _address(parts.hostname, port)
    except OSError as error:
        return " ".join(str(error).split())
    if address is None:
        return _("The webhook points to a host within a private network, which is not allowed here.")
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "hopluc",
        "X-Hopluc-Message": str(number),
        HEADER: signature(body, settings.WEBHOOK_SECRET, int(time.time())),
    }
    connection = _connection(parts.scheme, parts.hostname, port, address)
    try:
        connection.request("POST", f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}", body.encode(), headers)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        return " ".join(str(error).split()) or type(error).__name__
    finally:
        connection.close()
    return "" if 200 <= status < 300 else _("The other system answered with status %(status)s.") % {"status": status}


def _address(host: str, port: int) -> str | None:
    """The address of a host, looked up once: what was checked is what is connected to. None where it is a private one."""
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    allowed = [each for each in found if settings.WEBHOOK_PRIVATE or ipaddress.ip_address(each).is_global]
    return str(allowed[0]) if len(allowed) == len(found) else None


def _connection(scheme: str, host: str, port: int, address: str) -> HTTPConnection:
    kind = HTTPSConnection if scheme == "https" else HTTPConnection
    connection = kind(host, port, timeout=SECONDS)
    connection.sock = _socket(scheme, host, port, address)
    return connection


def _socket(scheme: str, host: str, port: int, address: str) -> socket.socket:
    plain = socket.create_connection((address, port), timeout=SECONDS)
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
