"""The verbs of the product: one small class per capability, its ports in the constructor.

Knows coaching; knows no Slack and no SQL. `model` holds the values, `ports` what the rooms around must offer.
"""
