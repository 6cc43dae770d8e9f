"""Certificates of a test: an authority, the broker (localhost), the centre, and an authority nobody here trusts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _signed(
    name: str, key: ec.EllipticCurvePrivateKey, by: tuple[str, ec.EllipticCurvePrivateKey], *, authority: bool = False
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(by[0]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by[1].public_key()), critical=False)
    )
    if not authority:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return made.sign(by[1], hashes.SHA256())


def papers(folder: Path) -> dict[str, Path]:
    """PEM files by name: ca, broker, broker_key, centre, centre_key, stranger."""
    folder.mkdir(parents=True)
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("ca", "broker", "centre", "stranger")}
    made = {
        "ca": _signed("CA thu", keys["ca"], ("CA thu", keys["ca"]), authority=True),
        "broker": _signed("localhost", keys["broker"], ("CA thu", keys["ca"])),
        "centre": _signed("trung-tam", keys["centre"], ("CA thu", keys["ca"])),
        "stranger": _signed("CA la", keys["stranger"], ("CA la", keys["stranger"]), authority=True),
    }
    found = {}
    for name, certificate in made.items():
        found[name] = folder / f"{name}.pem"
        found[name].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        found[f"{name}_key"] = folder / f"{name}.key"
        found[f"{name}_key"].write_bytes(
            keys[name].private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    return found
