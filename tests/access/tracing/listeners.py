"""Listeners of syslog on the loopback, and a reader of RFC 5424 of their own: what they take is read by other code."""

from __future__ import annotations

import datetime
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HEADER = re.compile(r"^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (\[.*\]) \ufeff(.*)$", re.DOTALL)
PARAM = re.compile(r' ([a-z]+)="((?:[^"\\\]]|\\["\\\]])*)"')


@dataclass
class Heard:
    """What arrived, message by message."""

    messages: list[bytes] = field(default_factory=list)
    more: threading.Event = field(default_factory=threading.Event)

    def take(self, told: bytes) -> None:
        self.messages.append(told)
        self.more.set()


def read(told: bytes) -> dict[str, str]:
    """A message by its parts; fails when it is no RFC 5424."""
    found = HEADER.match(told.decode())
    assert found, told
    priority, stamp, _, app, _, kind, data, said = found.groups()
    assert datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00")).tzinfo
    assert data.startswith("[haidang@32473")
    inside = data.removeprefix("[haidang@32473").removesuffix("]")
    assert PARAM.sub("", inside) == "", inside
    params = {name: re.sub(r"\\([\"\\\]])", r"\1", value) for name, value in PARAM.findall(inside)}
    return {"priority": priority, "app": app, "kind": kind, "said": said, **params}


def frames(stream: bytes) -> Iterator[bytes]:
    """Octet counting of RFC 6587."""
    while stream:
        length, _, rest = stream.partition(b" ")
        count = int(length)
        assert len(rest) >= count, "a frame that was cut off"
        yield rest[:count]
        stream = rest[count:]


@contextmanager
def udp(heard: Heard) -> Iterator[int]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        door.settimeout(0.2)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    heard.take(door.recv(65536))
                except TimeoutError:
                    continue

        with _running(listen, over):
            yield door.getsockname()[1]


@contextmanager
def tcp(heard: Heard, *, seal: ssl.SSLContext | None = None, broken: int = 0) -> Iterator[int]:
    """`broken`: so many connections are reset after a few bytes."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.2)
        over = threading.Event()
        breaks = [True] * broken

        def listen() -> None:
            while not over.is_set():
                try:
                    plain, _ = door.accept()
                except TimeoutError:
                    continue
                try:
                    if breaks:
                        breaks.pop()
                        plain.recv(10)
                        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                        plain.close()
                        continue
                    with seal.wrap_socket(plain, server_side=True) if seal else plain as taken:
                        taken.settimeout(5)
                        stream = b"".join(iter(lambda: taken.recv(4096), b""))
                    for frame in frames(stream):
                        heard.take(frame)
                except (OSError, ssl.SSLError):
                    continue

        with _running(listen, over):
            yield door.getsockname()[1]


@contextmanager
def _running(listen: object, over: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=listen, daemon=True)  # type: ignore[arg-type]  # a plain function
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(5)


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own for `name`, and the file to trust it by."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = folder / f"{name}.key"
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return context, file
