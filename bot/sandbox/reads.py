"""The methods of the Web API that only tell: who the bot is, who a person is, what a conversation holds."""

from datetime import datetime

from bot.sandbox.errors import Json, Refused
from bot.sandbox.payloads import as_message
from bot.sandbox.people import BOT_ID, BOT_NAME, BOT_USER, TEAM_ID, TEAM_NAME, Kind, Person
from bot.sandbox.workspace import Channel, Message, Workspace

_HISTORY = {Kind.DM: "im:history", Kind.PRIVATE: "groups:history"}


class Reads:
    """Each public method takes a call's arguments and returns the answer without its `ok`, or raises Refused."""

    def __init__(self, workspace: Workspace, url: str) -> None:
        self._workspace = workspace
        self._url = url

    def auth_test(self, args: Json) -> Json:
        return {
            "url": f"{self._url}/",
            "team": TEAM_NAME,
            "user": BOT_NAME.lower().replace("-", ""),
            "team_id": TEAM_ID,
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "is_enterprise_install": False,
        }

    def users_info(self, args: Json) -> Json:
        """https://docs.slack.dev/reference/methods/users.info"""
        person = self._workspace.person(str(args.get("user", "")))
        user = _as_user(person, self._workspace.now())
        if _flag(args, "include_locale"):
            user["locale"] = person.locale
        return {"user": user}

    def history(self, args: Json) -> Json:
        """Newest first, without the replies of threads; `oldest`, `latest`, `inclusive`, `limit`, `cursor` as in
        Slack."""
        channel = self._readable(args)
        messages = [m for m in channel.messages.values() if not m.only_for and m.thread_ts is None]
        return self._page(args, sorted(messages, key=lambda m: m.ts, reverse=True))

    def replies(self, args: Json) -> Json:
        """A thread, oldest first, its parent before all."""
        channel = self._readable(args)
        parent = channel.messages.get(str(args.get("ts", "")))
        if parent is None or parent.only_for:
            raise Refused("thread_not_found")
        return self._page(args, [parent, *self._workspace.replies(parent)])

    def _readable(self, args: Json) -> Channel:
        channel = self._workspace.channels.get(str(args.get("channel", "")))
        if channel is None:
            raise Refused("channel_not_found")
        scope, given = _HISTORY.get(channel.kind, "channels:history"), self._workspace.options.scopes
        if scope not in given:
            raise Refused("missing_scope", needed=scope, provided=",".join(given))
        if not channel.bot_is_member:
            raise Refused("not_in_channel" if channel.kind is Kind.PUBLIC else "channel_not_found")
        return channel

    def _page(self, args: Json, messages: list[Message]) -> Json:
        oldest, latest = _number(args, "oldest", 0), _number(args, "latest", float("inf"))
        limit, inclusive = int(_number(args, "limit", 100)), _flag(args, "inclusive")
        inside = [
            m for m in messages if oldest < float(m.ts) < latest or (inclusive and float(m.ts) in (oldest, latest))
        ]
        metadata, cursor = _flag(args, "include_all_metadata"), str(args.get("cursor") or "")
        if cursor and cursor not in {m.ts for m in inside}:
            raise Refused("invalid_cursor")
        rest = inside[next((number for number, m in enumerate(inside) if m.ts == cursor), 0) :]
        page: Json = {
            "messages": [as_message(m, with_metadata=metadata) for m in rest[:limit]],
            "has_more": len(rest) > limit,
        }
        return {**page, "response_metadata": {"next_cursor": rest[limit].ts}} if page["has_more"] else page


def _number(args: Json, name: str, default: float) -> float:
    try:
        return float(args.get(name) or default)
    except ValueError:
        raise Refused("invalid_arguments", f"{name} must be a number") from None


def _flag(args: Json, name: str) -> bool:
    return str(args.get(name, "")).lower() in {"true", "1"}


def _as_user(person: Person, now: datetime) -> Json:
    return {
        "id": person.id,
        "team_id": TEAM_ID,
        "name": person.name,
        "deleted": False,
        "real_name": person.real_name,
        "tz": person.zone,
        "tz_label": person.tz_label(now),
        "tz_offset": person.tz_offset(now),
        "profile": {"real_name": person.real_name, "display_name": person.name, "team": TEAM_ID},
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
    }
