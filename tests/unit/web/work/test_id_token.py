"""ID tokens: one good one, and every way to spoil it."""

import base64
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from goldthread.web.work.id_token import Unproven, check_id_token

ISSUER, AUDIENCE, NONCE = "https://login.example.org", "goldthread", "n" * 64
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
ASKED = {"issuer": ISSUER, "audience": AUDIENCE, "nonce": NONCE}


def published(*keys):
    found = []
    for number, key in enumerate(keys):
        kind = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else (
            jwt.algorithms.ECAlgorithm)  # fmt: skip
        said = json.loads(kind.to_jwk(key.public_key()))
        found.append({**said, "kid": f"key-{number}", "use": "sig"})
    return {"keys": found}


def a_token(key=RSA_KEY, algorithm="RS256", kid="key-0", **changed):
    now = int(time.time())
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "someone", "iat": now, "exp": now + 300,
            "nonce": NONCE, **changed}  # fmt: skip
    said = {name: value for name, value in said.items() if value is not None}
    return jwt.encode(said, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


def test_a_good_token_says_who_it_is():
    assert check_id_token(a_token(), published(RSA_KEY), **ASKED)["sub"] == "someone"
    token = a_token(EC_KEY, "ES256", "key-1")
    assert check_id_token(token, published(RSA_KEY, EC_KEY), **ASKED)["sub"] == "someone"


def test_a_single_key_need_not_be_named():
    assert check_id_token(a_token(kid=""), published(RSA_KEY), **ASKED)
    with pytest.raises(Unproven, match="no published key"):
        check_id_token(a_token(kid=""), published(RSA_KEY, EC_KEY), **ASKED)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://login.example.com"},
        {"aud": "somebody-else"},
        {"aud": ["goldthread", "other"], "azp": "other"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600},
        {"nonce": "m" * 64},
        *({name: None} for name in ("iss", "aud", "sub", "iat", "exp", "nonce")),
    ],
)
def test_what_is_said_must_fit(changed):
    with pytest.raises(Unproven):
        check_id_token(a_token(**changed), published(RSA_KEY), **ASKED)


def test_an_empty_nonce_fits_nothing():
    token = a_token(nonce="")
    with pytest.raises(Unproven):
        check_id_token(token, published(RSA_KEY), **{**ASKED, "nonce": ""})


def test_every_part_is_covered_by_the_signature():
    """Each letter of the payload changed in turn: none is believed."""
    head, body, signature = a_token().split(".")
    for place in range(len(body)):
        other = "A" if body[place] != "A" else "B"
        token = f"{head}.{body[:place]}{other}{body[place + 1 :]}.{signature}"
        with pytest.raises(Unproven):
            check_id_token(token, published(RSA_KEY), **ASKED)


def test_another_key_proves_nothing():
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for kid in ("key-0", "key-9"):
        with pytest.raises(Unproven):
            check_id_token(a_token(stranger, kid=kid), published(RSA_KEY), **ASKED)


def test_the_public_key_is_no_shared_secret():
    """An old trick: sign with the published key as if it were a password."""
    public = RSA_KEY.public_key().public_numbers().n.to_bytes(256, "big")
    with pytest.raises(Unproven, match="HS256"):
        check_id_token(a_token(public, "HS256"), published(RSA_KEY), **ASKED)


def test_no_signature_is_no_proof():
    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"key-0"}').decode().rstrip("=")
    for signature in ("", a_token().split(".")[2]):
        token = f"{head}.{a_token().split('.')[1]}.{signature}"
        with pytest.raises(Unproven):
            check_id_token(token, published(RSA_KEY), **ASKED)


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "AAAA"}]}, []])
def test_a_service_without_keys_proves_nothing(keys):
    with pytest.raises(Unproven):
        check_id_token(a_token(), keys, **ASKED)


def test_a_key_of_another_kind_or_use_is_not_tried():
    with pytest.raises(Unproven, match="another kind"):
        check_id_token(a_token(), published(EC_KEY), **ASKED)
    keys = published(RSA_KEY)
    keys["keys"][0]["use"] = "enc"
    with pytest.raises(Unproven, match="no published key"):
        check_id_token(a_token(), keys, **ASKED)


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "....", "é.ü.ß"])
def test_nonsense_is_no_token(token):
    with pytest.raises(Unproven):
        check_id_token(token, published(RSA_KEY), **ASKED)
