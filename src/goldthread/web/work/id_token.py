"""What an ID token of a sign-in service must be before it is believed.

OpenID Connect Core 1.0, section 3.1.3.7, without its allowances: the signature is always checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
LEEWAY = 60
"""Seconds by which the service's clock and ours may differ."""


class Unproven(Exception):
    """The token proves nothing; the message says why, for the log."""


def check_id_token(
    token: str, keys: Mapping[str, Any], *, issuer: str, audience: str, nonce: str
) -> dict[str, Any]:
    """The claims of a token. `keys`: the service's published JSON Web Key Set.

    Errors: Unproven.
    """
    try:
        key, algorithm = _key(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=[algorithm], audience=audience, issuer=issuer, leeway=LEEWAY,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )  # fmt: skip
    except jwt.PyJWTError as error:
        raise Unproven(str(error)) from error
    if not nonce or claims.get("nonce") != nonce:
        raise Unproven("the token answers another question")
    if not isinstance(claims["aud"], str) and claims.get("azp", audience) != audience:
        raise Unproven("the token was made for another party")
    return claims


def _key(token: str, keys: Mapping[str, Any]) -> tuple[Any, str]:
    """The one published key that the token names; a service with a single key need not name it."""
    if not isinstance(keys, Mapping):
        raise Unproven("the service publishes no keys")
    header = jwt.get_unverified_header(token)
    algorithm = str(header.get("alg"))
    if algorithm not in SIGNED_WITH:
        raise Unproven(f"tokens signed with {algorithm} are not taken")
    named = header.get("kid")
    published = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys
                 if key.public_key_use in (None, "sig")]  # fmt: skip
    fitting = [key for key in published if named is None or key.key_id == named]
    if len(fitting) != 1:
        raise Unproven("no published key fits the token")
    if not _is_of_kind(str(fitting[0].key_type), algorithm):
        raise Unproven("the key is of another kind than the signature")
    return fitting[0].key, algorithm


def _is_of_kind(kind: str, algorithm: str) -> bool:
    return {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}[algorithm[:2]] == kind
