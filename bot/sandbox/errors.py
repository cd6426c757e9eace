"""Why the sandbox says no: to the bot as Slack would, to a person in words."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A Web API call is refused with Slack's `code`; `messages` and `details` go into the answer."""

    def __init__(self, code: str, *messages: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages
        self.details = details

    def answer(self) -> Json:
        answer: Json = {"ok": False, "error": self.code, **self.details}
        if self.messages:
            answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return answer

    @classmethod
    def blocks(cls, messages: Sequence[str]) -> "Refused":
        """Blocks that Slack would not take; its answer lists the reasons twice."""
        return cls("invalid_blocks", *messages, errors=list(messages))

    def __str__(self) -> str:
        return f"{self.code}: {'; '.join(self.messages)}" if self.messages else self.code


BOTS_FAULT = frozenset(
    {
        "duplicate_external_id",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "expired_url",
        "invalid_arguments",
        "invalid_auth",
        "invalid_blocks",
        "invalid_json",
        "invalid_metadata_format",
        "invalid_trigger_id",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_allowed_token_type",
        "not_authed",
        "push_limit_reached",
        "unknown_method",
        "used_url",
        "view_too_large",
    }
)
"""Codes that no right program earns; the others (`not_in_channel`, `not_found` ...) are the way of the world."""


class CannotDo(Exception):
    """A person cannot do this in Slack; the message is a sentence for that person."""


class Malformed(Exception):
    """A request to the sandbox itself is not of the contract's form."""
