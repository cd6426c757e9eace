"""The Bolt app: no call to Slack and nothing slow before a listener runs."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.desk import Desk
from bot.slack.listeners import register
from bot.slack.web import sdk_log


def build_bolt(client: AsyncWebClient, identity: Mapping[str, Any], desk: Desk) -> AsyncApp:
    """An app that answers when its listener returns.

    `identity` is what `auth.test` said at start: handing it over by our own `authorize` spares Bolt's call before
    each first listener. With `process_before_response` the ack leaves at once; Bolt's default polls for it.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=client.token,
            bot_id=identity.get("bot_id"),
            bot_user_id=identity.get("user_id"),
        )

    app = AsyncApp(
        name="winwin",  # Bolt would take 40 ms to look for one
        client=client,
        authorize=authorize,
        logger=sdk_log(),
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # Bolt's own warning would print the payload
        request_verification_enabled=False,  # `http` does it before anything is read; Socket Mode has its own token
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    register(app, desk)
    return app
