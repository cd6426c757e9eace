"""What an interaction hands to the bot: a trigger (3 s, once) and a response_url (30 minutes, 5 times)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import Refused

TRIGGER_SECONDS = 3.0
HOOK_SECONDS = 30 * 60.0
HOOK_USES = 5


@dataclass(slots=True)
class Trigger:
    """Lets the bot open a view for `user`. `view_id` is the view it came from, `here` where the person looked."""

    id: str
    user: str
    here: str | None
    view_id: str | None
    born: float
    used: bool = False


@dataclass(slots=True)
class Hook:
    """A response_url: answers into `channel`, to `user`; `ts` is the message that the interaction was on."""

    token: str
    channel: str
    user: str
    ts: str | None
    born: float
    uses: int = 0


@dataclass(slots=True)
class Triggers:
    """All of them. `clock` counts real seconds, whatever the workspace's own time says."""

    clock: Callable[[], float]
    seconds: float = TRIGGER_SECONDS
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _hooks: dict[str, Hook] = field(default_factory=dict)

    def trigger(self, user: str, here: str | None = None, view_id: str | None = None) -> str:
        number = f"{len(self._triggers) + 1}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[number] = Trigger(number, user, here, view_id, self.clock())
        return number

    def look(self, trigger_id: str) -> Trigger:
        """The trigger, if it may still be exchanged. Raises Refused as Slack would."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id", "this trigger_id was already used")
        if self.clock() - trigger.born > self.seconds:
            age = self.clock() - trigger.born
            raise Refused("expired_trigger_id", f"this trigger_id is {age:.1f} s old; it lives {self.seconds:g} s")
        return trigger

    def hook(self, channel: str, user: str, ts: str | None = None) -> str:
        """The token of a new response_url."""
        token = secrets.token_hex(12)
        self._hooks[token] = Hook(token, channel, user, ts, self.clock())
        return token

    def use(self, token: str) -> Hook:
        """Raises Refused (expired_url, used_url)."""
        hook = self._hooks.get(token)
        if hook is None or self.clock() - hook.born > HOOK_SECONDS:
            raise Refused("expired_url", "a response_url lives 30 minutes")
        if hook.uses >= HOOK_USES:
            raise Refused("used_url", "a response_url may be used 5 times")
        hook.uses += 1
        return hook
