"""Win-Win, a negotiation coach that lives in Slack. The map of the house, from the door inwards:

    __main__    the command line
    cli         the coach and the manifest on the command line
    serving     serves until a signal: the bot against Slack, or with a sandbox of its own
    app         the composition root: the only file that knows every room of the bot; start and stop order
    clock       the time, owned by the composition root
    config      frozen settings from the environment; every fault named at once
    slack       everything Slack: listeners, views, forms, messenger
    storage     everything SQL: one store per aggregate, migrations
    outbox      the clock and the drain: what is due goes out here
    wording     loads templates/ into frozen values at start
    sandbox     a small Slack on loopback with a web page, for trying and testing
    services    the verbs of the product; takes its ports in the constructor
    coaching    the method: pure, standard library only

Imports point down only. `slack`, `storage` and `outbox` never import each other; they meet in `app`.
"""
