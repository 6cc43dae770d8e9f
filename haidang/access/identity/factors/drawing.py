"""A key as a picture for a phone's camera: an SVG, drawn here. Never: a service elsewhere that would learn the key."""

from __future__ import annotations

import qrcode
from qrcode.image.svg import SvgPathImage

from haidang.access.identity.factors.adapter import Adapter
from haidang.access.models import Account


def address(account: Account, secret: str) -> str:
    """`otpauth://totp/…` of a key."""
    return str(Adapter().build_totp_url(account, secret))


def picture(account: Account, secret: str) -> bytes:
    """The address as a QR code in SVG, dark on white whatever the theme."""
    code = qrcode.QRCode(border=3, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address(account, secret))
    drawn: bytes = code.make_image(image_factory=SvgPathImage).to_string()
    return drawn.replace(b"<path ", b'<rect width="100%" height="100%" fill="#fff"/><path ', 1)
