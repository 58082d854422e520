"""What the lines of a case would do, tried out on a copy of the accounts and facts that they concern.

Takes for granted: ledger, case, side_registers, use_of_posts.
Refuses: to write. What cannot be carried out becomes a shortfall with a sentence.
Public: sheet (the copy), loading, effects (THE EFFECTS of every kind of line) with effects_on_bodies,
effects_on_quotas and effects_on_side_registers, trial (before, after, headroom), holding (lines that lean on each
other), intentions (what undecided cases would take).
"""
