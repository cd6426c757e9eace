"""HTTP, Slack's side: signed requests to the address that the bot gave.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import ClientConnectionError, ClientResponse, ClientSession, ClientTimeout
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.errors import Json
from bot.sandbox.people import SIGNING_SECRET
from bot.sandbox.sockets import ACK_SECONDS, Unacknowledged


class Undelivered(Unacknowledged):
    """Slack has one word for whatever an address does but answer."""

    def __init__(self, why: str) -> None:
        Exception.__init__(self, f"not delivered: {why} (dispatch_failed)")
        self.code = "dispatch_failed"


@dataclass(slots=True)
class Posts:
    """Where payloads go by HTTP; Socket Mode while there is no address. Several are processes behind a balancer, which
    hands each the next request and passes over who does not listen. `times` is how often each payload arrives: a
    second time as Slack repeats what it heard no answer to."""

    ack_seconds: float = ACK_SECONDS
    times: int = 1
    urls: list[str] = field(default_factory=list)

    async def deliver(self, kind: str, payload: Json) -> Json:
        """Sends one payload and returns what the answer carried ({} for nothing). Raises Unacknowledged."""
        content, body = _encoded(kind, payload)
        answers = [await self._sent(content, body, attempt) for attempt in range(self.times)]
        return answers[0]

    async def _sent(self, content: str, body: str, attempt: int) -> Json:
        headers = {"Content-Type": content, **signed(body)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        async with ClientSession(timeout=ClientTimeout(total=self.ack_seconds)) as session:
            for _ in range(len(self.urls)):
                self.urls.append(url := self.urls.pop(0))
                try:
                    async with session.post(url, data=body.encode(), headers=headers) as answer:
                        return await _read(answer)
                except TimeoutError:
                    raise Unacknowledged(True, self.ack_seconds) from None
                except ClientConnectionError:
                    continue
        raise Undelivered("nobody listens there")


def signed(body: str, at: float | None = None, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """The headers by which an app knows that a body is Slack's; `at` in seconds since the epoch."""
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}


def _encoded(kind: str, payload: Json) -> tuple[str, str]:
    """Commands are forms, interactions are JSON in a form, events are JSON."""
    if kind == "events_api":
        return "application/json", json.dumps(payload)
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(form)


async def _read(answer: ClientResponse) -> Json:
    """Plain text is shown like a private answer."""
    text = await answer.text()
    if answer.status != 200:
        raise Undelivered(f"the answer was HTTP {answer.status}")
    if answer.content_type != "application/json":
        return {"text": text} if text else {}
    return dict(json.loads(text))
