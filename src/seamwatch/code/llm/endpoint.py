"""One question to an OpenAI-compatible endpoint: bounded in time and size, tried again where that may help.

Nothing is sent anywhere but to the address that the user names; the key comes from the environment alone.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from seamwatch.code.llm.form import Message, Schema
from seamwatch.errors import ConfigError, ModelServerError

KEY_VARIABLE = "SEAMWATCH_LLM_KEY"
MAX_BYTES = 2_000_000
RETRIED = {408, 409, 425, 429, 500, 502, 503, 504}
FORM_REFUSED = {400, 422, 500}  # what servers answer to a form of answer that they do not know
LONGEST_PAUSE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers. ``url`` is the base of the API ("http://localhost:8000/v1").

    Raises ConfigError on what is no such address.
    """

    url: str
    model: str
    timeout_seconds: float = 120.0
    attempts: int = 3
    pause_seconds: float = 1.0
    max_tokens: int = 4096

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            rule = "http:// or https:// and a host; a key goes into the environment"
            shown = self.url if not parts.password else f"{parts.scheme}://…@{parts.hostname}"
            raise ConfigError(f"got {shown!r}", where="the model's address", rule=rule)
        if not self.model.strip():
            raise ConfigError("no model", where="the model's name", rule="name the model that the endpoint serves")


def ask(
    endpoint: Endpoint, messages: Sequence[Message], schema: Schema, *, pause: Callable[[float], None] = time.sleep
) -> object:
    """The JSON value that the model answers.

    Raises ModelServerError where no attempt gives one: no answer in time, an error of the server, a refusal, no JSON.
    Raises ConfigError where the extra is not installed.
    """
    try:
        import httpx
    except ImportError as error:
        remedy = "install seamwatch[llm]"
        raise ConfigError(
            "httpx is not installed", where="the model's endpoint", rule="the extra [llm]", remedy=remedy
        ) from error
    key = os.environ.get(KEY_VARIABLE, "")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "seed": 0,
        "max_tokens": endpoint.max_tokens,
    }
    forms = _forms(schema)
    why, wait, attempt = "never asked", 0.0, 0
    timeout = httpx.Timeout(endpoint.timeout_seconds)
    with httpx.Client(timeout=timeout, headers=headers, trust_env=False, follow_redirects=False) as client:
        while attempt < endpoint.attempts:
            if attempt:
                pause(wait)
            wait = min(endpoint.pause_seconds * 2**attempt, LONGEST_PAUSE_SECONDS)
            attempt += 1
            try:
                status, told, retry_after = _post(client, endpoint, body | forms[0])
            except httpx.TimeoutException:
                why = f"no answer within {endpoint.timeout_seconds:g} s"
                continue
            except httpx.HTTPError as error:
                why = f"no connection ({type(error).__name__})"
                continue
            if status == 200:
                try:
                    return _content(told)
                except ValueError as error:
                    why = str(error)
                    continue
            why = f"the server answered {status}"
            if status in FORM_REFUSED and len(forms) > 1:
                forms, attempt = forms[1:], attempt - 1  # the answer is checked here anyhow
                continue
            if status not in RETRIED:
                break
            if retry_after is not None:
                wait = min(max(retry_after, 0.0), LONGEST_PAUSE_SECONDS)
    raise ModelServerError(why, where=endpoint.url, rule="an OpenAI-compatible /chat/completions")


def _forms(schema: Schema) -> list[dict[str, Any]]:
    """How servers are asked for JSON, best first: OpenAI's and vLLM's way, llama.cpp's, and not at all."""
    strict = {"type": "json_schema", "json_schema": {"name": "coding", "strict": True, "schema": schema}}
    return [{"response_format": strict}, {"response_format": {"type": "json_object", "schema": schema}}, {}]


def _post(client: Any, endpoint: Endpoint, body: dict[str, Any]) -> tuple[int, bytes, float | None]:
    """Status, body and the pause that the server asks for; a body that trickles or swells ends at the bounds."""
    import httpx

    deadline = time.monotonic() + endpoint.timeout_seconds
    told = bytearray()
    with client.stream("POST", endpoint.url.rstrip("/") + "/chat/completions", json=body) as response:
        for piece in response.iter_bytes(65536):
            told += piece
            if len(told) > MAX_BYTES:
                raise httpx.ReadError(f"more than {MAX_BYTES} bytes")
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer trickles")
        asked = response.headers.get("retry-after", "")
        return response.status_code, bytes(told), float(asked) if asked.isdecimal() else None


def _content(told: bytes) -> object:
    """The JSON value in a completion. Raises ValueError in words for a refusal, a cut answer, or no JSON."""
    try:
        choice = json.loads(told)["choices"][0]
        message = choice["message"]
        content = message.get("content")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise ValueError("the answer is no completion") from error
    if message.get("refusal"):
        raise ValueError("the model refused")
    if not isinstance(content, str) or not content.strip():
        raise ValueError("the answer is empty")
    start, end = content.find("{"), content.rfind("}")
    try:
        return json.loads(content[start : end + 1])
    except (ValueError, RecursionError) as error:
        cut = choice.get("finish_reason") == "length"
        raise ValueError("the answer was cut off" if cut else "the answer holds no JSON") from error
