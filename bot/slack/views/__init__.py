"""Pure functions from values to the SDK's block models, one file per journey. Words come from `templates/`.

brief, review, findings   preparing; `blank` is the empty form, put together once
script, outcome           the posted script, and the view that waits for it
nudge, rehearsal          rehearsing
answers                   private lines to a command or a click
parts, plain              the small pieces of all of them, and how they become JSON
"""
