"""The grammar behind the script: turns what a person typed into one sentence that can be said aloud.

    goal, need, proposal    one sentence each, behind its leads
    predicate   what is said of their side, said to them
    address     "they" and "their" become "you" and "your", where that is certain
    shape       what a text opens with: a verb, a thing, a clause
    things      where a thing ends, and whether it wants an article
    typed       the text as typed: lists, first sentence, capitals, endings
    forms       "keeps" and "keeping" of "keep", plurals, "a" or "an"
    lexicon, nouns, verbs    the English that we are sure of

One rule holds everywhere: rewrite only on evidence. Whatever is doubtful (another language, a name where a noun could
stand, two people who may be "they") is quoted as typed behind a neutral lead.
"""
