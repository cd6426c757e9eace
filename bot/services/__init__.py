"""The verbs of the product: one small class per capability, its ports in the constructor.

    preparing    from what was typed to the review
    publishing   where a script stands: posting, moving, taking back, cancelling, undoing
    rehearsing   the script to say aloud
    reminding    what a person answers to a nudge
    people       what we know of a person: their time zone
    delivering   what the outbox calls for each row that is due, with
      reconciling  a script's messages as the negotiation says now
      nudging      nudges, alone or together; `ahead` keeps those composed before their instant
      asking       whether Slack took a message whose answer was lost
    model        the values; `deliveries` those of the outbox, `pages` what a message or a view shows
    ports        what the rooms around must offer: stores, Slack, the clock
    method       the method's words and settings
    errors       what goes wrong; `trouble` turns faults into values, `limit` ends what takes too long

Knows coaching; knows no SQL, and of Slack only the error codes.
"""
