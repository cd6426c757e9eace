"""What it means when Slack does not take a call: final, worth another try, or nobody knows."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.services.errors import DeliveryError

_TRANSIENT = {
    "accesslimited",
    "fatal_error",
    "internal_error",
    "org_login_required",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
"""Codes after which the same call may go through later; every other code is final
(https://docs.slack.dev/reference/methods/chat.postMessage#errors)."""

_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.ConnectionTimeoutError)
"""There was no connection to Slack, or the proxy on the way refused one."""

_HOUR = 3600.0

_BROKEN = {"fatal_error", "internal_error"}
"""Codes of which Slack says that some of the operation may have succeeded."""


def failure(error: Exception) -> DeliveryError:
    """What a call without an answer means: one that never reached Slack may be repeated; one whose answer was lost is
    uncertain. An error of the SDK holds its answer."""
    if isinstance(error, SlackApiError):
        response = error.response
        status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
        return refusal(status, getattr(response, "headers", None) or {}, getattr(response, "data", None))
    if isinstance(error, _NEVER_SENT):
        return DeliveryError("unreachable")
    return DeliveryError("timeout" if isinstance(error, TimeoutError) else "connection", uncertain=True)


def refusal(status: int, headers: Mapping[str, Any], data: object) -> DeliveryError:
    """What an answer that is not ok means: permanent or not by its code; one that broke within Slack is uncertain."""
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return DeliveryError("ratelimited", retry_after=_seconds(headers.get("Retry-After")))
    if status >= 500 or not code:
        return DeliveryError(f"http_{status}", uncertain=not 400 <= status < 500)
    return DeliveryError(code, permanent=code not in _TRANSIENT, uncertain=code in _BROKEN)


def _seconds(header: Any) -> float:
    """Within reason: a broken header must not silence a method."""
    try:
        asked = float(header)
    except (TypeError, ValueError):
        return 1.0
    return min(max(asked, 1.0), _HOUR) if asked == asked else 1.0  # not a number is not equal to itself
