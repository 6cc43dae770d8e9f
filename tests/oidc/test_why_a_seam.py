"""Why the proof is ours (docs/adr/0014-sso.md): what allauth's own client takes, as it stands in this version."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import jwt
from oidc import hostile
from oidc.world import CLIENT


def test_allauth_takes_an_unsigned_token_of_any_flow() -> None:
    """Fetched directly it does not look at the signature, and it knows no nonce."""
    from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

    with hostile.running() as evil:
        adapter: Any = OpenIDConnectOAuth2Adapter.__new__(OpenIDConnectOAuth2Adapter)
        adapter.did_fetch_access_token = True
        adapter._openid_config = evil.documents()["/.well-known/openid-configuration"]
        token = jwt.encode(evil.sound(nonce="cua-nguoi-khac"), "", "none")
        assert adapter._decode_id_token(SimpleNamespace(client_id=CLIENT), token)["sub"] == "nguoi-that"
