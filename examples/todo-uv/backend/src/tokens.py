"""Tokens of the frontend (JWT, HS256): whoever holds the shared secret says whose todos are asked for."""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Self

from fastapi import Depends, HTTPException, Request

from src.config import Config


class Tokens:
    def __init__(self, secret: str) -> None:
        self.secret = secret.encode()

    @classmethod
    def of(cls, config: Config) -> Self:
        return cls(config.better_auth_secret.get_secret_value())

    def owner(self, token: str) -> str | None:
        """Null for what is not signed by the secret, or is over."""
        try:
            signed, signature = token.encode().rsplit(b".", 1)
            if not hmac.compare_digest(self.signature(signed), signature):
                return None
            header, claims = (json.loads(urlsafe_b64decode(part + b"==")) for part in signed.split(b"."))
            valid = header["alg"] == "HS256" and claims["exp"] > time.time()
            return str(claims["sub"]) if valid else None
        except (ValueError, KeyError, TypeError):
            return None

    def signature(self, signed: bytes) -> bytes:
        return urlsafe_b64encode(hmac.digest(self.secret, signed, hashlib.sha256)).rstrip(b"=")


def owner(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = request.app.state.tokens.owner(token) if scheme.lower() == "bearer" else None
    if found is None:
        raise HTTPException(401, "a token of the frontend is missing, or is over", {"www-authenticate": "Bearer"})
    return found


Owner = Annotated[str, Depends(owner)]
