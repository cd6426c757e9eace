"""The grammar behind the script: turns what a person typed into one sentence that can be said aloud.

    typed      the text as typed: lists, first sentence, endings
    lexicon    the English that we are sure of
    shape      what the text opens with: a verb, a thing, a clause
    address    "they" and "their" become "you" and "your", where that is certain
    goal, need, proposal    one sentence each

One rule holds everywhere: rewrite only on evidence. Whatever is doubtful (another language, a name where a noun could
stand, two people who may be "they") is quoted as typed behind a neutral lead.
"""
