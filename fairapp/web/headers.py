"""Headers of every answer: what a page may load, and who may frame it."""

from flask import Flask, Response, request

from fairapp.web import requests

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'{wasm}",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def init_app(app: Flask) -> None:
    """Put the headers on every answer of ``app``."""
    app.after_request(_secure)


def _secure(answer: Response) -> Response:
    scanner = getattr(request.endpoint and request.blueprint, "startswith", lambda _: False)("checkin")
    # The scanner's decoder is WebAssembly; no other page may compile any.
    wasm = " 'wasm-unsafe-eval'" if scanner else ""
    camera = "(self)" if scanner else "()"
    answer.headers.setdefault("Content-Security-Policy", POLICY.format(wasm=wasm))
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers.setdefault(
        "Permissions-Policy",
        f"camera={camera}, microphone=(), geolocation=(), payment=(), publickey-credentials-get=(self)",
    )
    answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static" and "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store" if _is_personal() else "no-cache"
    answer.headers["X-Request-ID"] = requests.request_id()
    answer.vary.update(("Cookie", "Accept-Language"))
    return answer


def _is_personal() -> bool:
    from flask_security import current_user  # its proxy needs the request that is being answered

    return bool(current_user.is_authenticated)
