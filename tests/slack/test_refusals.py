"""What a failed call means: final, worth another try, or nobody knows."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from multidict import CIMultiDict, CIMultiDictProxy
from slack_sdk.errors import SlackApiError
from yarl import URL

from bot.services.errors import DeliveryError
from bot.slack.refusals import failure


def refusal(status: int, data: Any, **headers: str) -> SlackApiError:
    response = SimpleNamespace(status_code=status, data=data, headers=headers)
    return SlackApiError("the request failed", response)  # type: ignore[no-untyped-call]


def key() -> ConnectionKey:
    return ConnectionKey("slack.test", 443, True, True, None, None, None)


def request() -> aiohttp.RequestInfo:
    return aiohttp.RequestInfo(URL("https://slack.test"), "CONNECT", CIMultiDictProxy(CIMultiDict()))


@pytest.mark.parametrize(
    ("error", "code", "permanent", "uncertain"),
    [
        (refusal(200, {"ok": False, "error": "not_in_channel"}), "not_in_channel", True, False),
        (refusal(200, {"ok": False, "error": "a_code_of_tomorrow"}), "a_code_of_tomorrow", True, False),
        (refusal(200, {"ok": False, "error": "internal_error"}), "internal_error", False, True),
        (refusal(200, {"ok": False, "error": "org_login_required"}), "org_login_required", False, False),
        (refusal(200, {"ok": False, "error": "rate_limited"}), "ratelimited", False, False),
        (refusal(200, {}), "http_200", False, True),  # a cut answer
        (refusal(404, "a page"), "http_404", False, False),
        (refusal(503, {}), "http_503", False, True),
        (refusal(500, "not even JSON"), "http_500", False, True),
        (TimeoutError(), "timeout", False, True),
        (aiohttp.ServerDisconnectedError(), "connection", False, True),
        (aiohttp.ClientConnectorError(key(), OSError()), "unreachable", False, False),
        (aiohttp.ConnectionTimeoutError(), "unreachable", False, False),
        (aiohttp.ClientHttpProxyError(request(), ()), "unreachable", False, False),
    ],
)
def test_what_a_failure_means(error: Exception, code: str, permanent: bool, uncertain: bool) -> None:
    failed = failure(error)

    assert (failed.code, failed.permanent, failed.uncertain) == (code, permanent, uncertain)


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (refusal(429, {"ok": False, "error": "ratelimited"}, **{"Retry-After": "7"}), 7.0),
        (refusal(429, {}), 1.0),
        (refusal(200, {"ok": False, "error": "ratelimited"}), 1.0),
    ],
)
def test_slack_says_how_long_to_wait(error: Exception, seconds: float) -> None:
    failed = failure(error)

    assert failed.retry_after == seconds
    assert not failed.permanent


def test_an_error_holds_nothing_but_its_code() -> None:
    assert str(DeliveryError("not_in_channel")) == "not_in_channel"


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("", 1), ("soon", 1), ("-5", 1), ("nan", 1), ("1e9", 3600), ("inf", 3600)]
)
def test_a_pause_that_slack_asks_for_is_kept_within_reason(header: str, seconds: float) -> None:
    failed = failure(refusal(429, {}, **{"Retry-After": header}))

    assert failed.retry_after == seconds
