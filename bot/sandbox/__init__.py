"""A small Slack workspace on loopback, with a web page: for trying the bot without an account, and for every test that
needs a Slack. It speaks the Web API, Socket Mode and HTTP to the very same bot, and refuses what Slack would refuse.

    human      what a person does: the contract of the page and of the tests, and its addresses
    live       what a person sees, on request and live; `state` is its shape
    server     the one server: start here
    api        the Web API's door; `chat`, `reads` and (in api) views.* behind it; `trouble` goes wrong on purpose
    sockets    Socket Mode: connections, envelopes, acknowledgements
    posts      HTTP: signed requests to the bot's own address, in the place of envelopes
    acts       what a person does in conversations; `modal_acts` in modals; `payloads` is what the bot is told
    modals     the views that people have open; `elements` what stands in their inputs; `limits` what Slack takes
    workspace  the memory: conversations, messages, faults;  `people` who and what is there;  `triggers` what expires
"""
