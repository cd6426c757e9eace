"""Their Win where the counterpart is named otherwise: what was typed, the counterpart, the sentence."""

NAMED = (
    ("Dana must show growth to her board", "Dana", "I understand your side needs to show growth to your board."),
    (
        "Dana must show growth to her board",
        "Dana Smith, Acme",
        "I understand your side needs to show growth to your board.",
    ),
    ("Dana's boss wants savings", "Dana", "I understand that your boss wants savings."),
    ("The landlord wants a reliable tenant", "the landlord", "I understand your side wants a reliable tenant."),
    ("My boss needs to show savings", "my boss", "I understand your side needs to show savings."),
    ("The sales team needs leads", "Sales team", "I understand your side needs leads."),
    (
        "Dana needs growth and wants to keep her team",
        "Dana",
        "I understand your side needs growth and wants to keep your team.",
    ),
    ("Dana is tired and needs a break", "Dana", "I understand your side is tired and needs a break."),
    (
        "Dana wants to give her team time off",
        "Dana",
        "What matters on your side: Dana wants to give her team time off.",
    ),
    ("Acme Corp needs stable revenue", "Acme Corp", "I understand your side needs stable revenue."),
)
