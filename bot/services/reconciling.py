"""Reconciling: Slack shows of a script what the negotiation says now, no more and no less."""

import asyncio
import secrets
from dataclasses import dataclass, field, replace
from weakref import WeakValueDictionary

from bot.coaching import script
from bot.services.asking import Asking
from bot.services.deliveries import Delivery, Sent
from bot.services.errors import DeliveryError
from bot.services.method import Method
from bot.services.model import LEAVING, RETIRED, Arrived, Message, Negotiation, Post, Posting, State
from bot.services.pages import CancelledPage, MessagePage, ScriptPage
from bot.services.people import People
from bot.services.ports import Clock, Lease, Messenger, NegotiationStore
from bot.services.trouble import Complaint, insist


@dataclass(frozen=True, slots=True)
class Reconciling:
    """Posts, updates and deletes the messages of a script until they are as they should be."""

    negotiations: NegotiationStore
    people: People
    messenger: Messenger
    asking: Asking
    method: Method
    clock: Clock
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _recordings: set[asyncio.Future[None]] = field(default_factory=set)
    _complaint: Complaint = field(default_factory=lambda: Complaint("a posted message cannot be recorded; trying on"))

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent:
        """Goes on until nothing changed meanwhile; one row of a negotiation at a time."""
        owner, negotiation_id = delivery.owner, delivery.negotiation_id
        async with self._locks.setdefault(negotiation_id, asyncio.Lock()):
            while True:
                shown = await self.negotiations.standing(owner, negotiation_id)
                await self._reconcile(shown, delivery, lease)
                after = await self.negotiations.standing(owner, negotiation_id)
                if _basis(after) == _basis(shown):
                    return Sent(await self._private_channel(after))

    async def _reconcile(self, negotiation: Negotiation, delivery: Delivery, lease: Lease) -> None:
        """Updates what is there, posts what is missing, deletes the rest. Where the lease ends first, what stands is
        remembered and the next try goes on there."""
        target = negotiation.place
        if target and target != delivery.lane:
            return  # the row of that lane does it all: one message at a time in each
        wanted = self.messenger.compose(await self._page(negotiation)) if target else ()
        was_a_post = await self._find_out(negotiation)
        posts = await self.negotiations.posts(negotiation.owner, negotiation.id)
        if delivery.uncertain and posts and not was_a_post:
            posts = self._doubted(posts, delivery)
        standing = {post.part: post for post in posts if post.target == target}
        head = standing.get(0)
        if negotiation.state is State.CANCELLED and head is None:
            wanted = ()  # there is no message to strike through
        for part, message in enumerate(wanted):
            post = await self._part(negotiation, part, message, standing.pop(part, None), head, lease)
            head = head or post
        await self._delete(negotiation, [*standing.values(), *(post for post in posts if post.target != target)], lease)

    def _doubted(self, posts: list[Post], delivery: Delivery) -> list[Post]:
        """A change of unknown outcome may reach Slack after a newer one: it is waited for, then each message is changed
        once more."""
        self.asking.wait(delivery.uncertain_at, told=True)
        return [replace(post, digest="") for post in posts]

    async def _find_out(self, negotiation: Negotiation) -> bool:
        """Ends every posting whose outcome nobody knows: what arrived becomes known, what did not may be sent again.
        False where there was none. Raises DeliveryError, to wait, where Slack does not tell and one is too young."""
        owner = negotiation.owner
        postings = await self.negotiations.postings(owner, negotiation.id)
        private = [one for one in postings if one.target == owner.user]
        arrived = await self._arrived(negotiation, private) if private else Arrived({}, whole=False)
        for posting in postings:
            if posting.mark in arrived.marks:
                await self._adopt(negotiation, posting, *arrived.marks[posting.mark])
            else:
                self.asking.wait(posting.begun_at, told=arrived.whole and posting in private)
            await self.negotiations.end_posting(owner, negotiation.id, posting)
        return bool(postings)

    async def _arrived(self, negotiation: Negotiation, postings: list[Posting]) -> Arrived:
        posts = await self.negotiations.posts(negotiation.owner, negotiation.id)
        thread = next((post.ts for post in posts if (post.target, post.part) == (negotiation.owner.user, 0)), None)
        since = min(posting.begun_at for posting in postings)
        return await self.asking.arrived(negotiation.owner, since, thread)

    async def _adopt(self, negotiation: Negotiation, posting: Posting, channel: str, ts: str) -> None:
        """Remembers what Slack took without our knowing; its words are brought up to date like any other's."""
        post = Post(posting.part, posting.target, channel, ts)
        await self.negotiations.record_post(negotiation.owner, negotiation.id, post)

    async def _part(
        self,
        negotiation: Negotiation,
        part: int,
        message: Message,
        post: Post | None,
        head: Post | None,
        lease: Lease,
    ) -> Post:
        """One message of the script, posted or brought up to date. Remembered one by one, so that a stop in between
        posts no part twice and does none again."""
        if post is not None and post.digest == message.digest:
            return post
        owner = negotiation.owner
        if post is None:
            done = await self._post(negotiation, part, message, head.ts if head else None, lease)
        else:
            lease.check()
            await self.messenger.update(owner, post.channel, post.ts, message)
            done = replace(post, digest=message.digest)
        # A message that is forgotten is posted twice, so nothing that ends this try ends its recording.
        recording = asyncio.ensure_future(
            insist(lambda: self.negotiations.record_post(owner, negotiation.id, done), self._complaint)
        )
        self._recordings.add(recording)
        recording.add_done_callback(self._recordings.discard)
        await asyncio.shield(recording)
        return done

    async def _post(
        self, negotiation: Negotiation, part: int, message: Message, thread_ts: str | None, lease: Lease
    ) -> Post:
        """Written down before it goes, so that whoever comes after knows whether it can have gone."""
        owner, target = negotiation.owner, negotiation.place or negotiation.owner.user
        posting = Posting(part, target, secrets.token_hex(8), self.clock.now())
        if not await self.negotiations.begin_posting(owner, negotiation.id, posting):
            raise DeliveryError("under_way", retry_after=1)
        try:
            lease.check()
            channel, ts = await self.messenger.post(owner, target, message, thread_ts, posting.mark)
        except DeliveryError as error:
            if not error.uncertain:
                await self.negotiations.end_posting(owner, negotiation.id, posting)
            raise
        return Post(part, target, channel, ts, message.digest)

    async def _page(self, negotiation: Negotiation) -> MessagePage:
        if negotiation.state is State.CANCELLED:
            return CancelledPage(negotiation)
        words = script.write_script(negotiation.brief, self.method.leads)
        return ScriptPage(negotiation, words, await self.people.zone(negotiation.owner))

    async def _delete(self, negotiation: Negotiation, posts: list[Post], lease: Lease) -> None:
        """Set aside first: what Slack deleted must never be taken for a message that stands."""
        owner = negotiation.owner
        if not posts:
            return
        await self.negotiations.set_aside(owner, negotiation.id, [post for post in posts if not post.aside], LEAVING)
        aside = [post for post in await self.negotiations.posts(owner, negotiation.id) if post.aside]
        for post in sorted(aside, key=lambda post: -post.part):  # replies before their head
            lease.check()
            try:
                await self.messenger.delete(owner, post.channel, post.ts)
            except DeliveryError as error:
                if error.permanent and post.target.startswith(RETIRED):
                    continue  # Slack lets us neither change nor delete it; another stands in its place
                raise
            await self.negotiations.forget_posts(owner, negotiation.id, [post])

    async def _private_channel(self, negotiation: Negotiation) -> str:
        """The person's own channel, where the script is kept there."""
        if negotiation.place != negotiation.owner.user:
            return ""
        posts = await self.negotiations.posts(negotiation.owner, negotiation.id)
        return next((post.channel for post in posts if post.target == negotiation.place), "")


def _basis(negotiation: Negotiation) -> tuple[str | None, int, State]:
    """What a reconciled script depends on."""
    return negotiation.place, negotiation.confirmed, negotiation.state
