"""TLS is proved: against the authority entered, and against the name asked for."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from haidang.intake import connectors
from haidang.words.errors import IntakeStopped

from .conftest import Make, Site, take, told

http = connectors.kind("http")


def certificate(folder: Path) -> tuple[Path, Path]:
    """One of its own, for 127.0.0.1 alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "thu")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


@pytest.fixture
def secure(site: Site, tmp_path: Path) -> tuple[Site, Path]:
    public, private = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.routes["/a"] = lambda _: told([1])
    return site, public


def test_certificates(make: Make, secure: tuple[Site, Path]) -> None:
    site, public = secure
    port = site.server.server_port
    values = {"address": f"https://127.0.0.1:{port}", "path": "a"}
    for ca in (str(public), public.read_text()):
        assert take(http.fetch(make("http", {**values, "ca": ca}))).contents == [b"[1]"]
    with pytest.raises(IntakeStopped, match="certificate-wrong"):
        take(http.fetch(make("http", values)))
    with pytest.raises(IntakeStopped, match="certificate-wrong"):  # right number, other name
        take(http.fetch(make("http", {**values, "address": f"https://localhost:{port}", "ca": str(public)})))
    with pytest.raises(IntakeStopped, match="ca-unreadable"):
        take(http.fetch(make("http", {**values, "ca": "/khong/co.pem"})))
