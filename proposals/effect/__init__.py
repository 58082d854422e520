"""What takes effect: posts reserved at the decision, register and ledger changed by the founding paper, once.

Takes for granted: plan, ledger, law.
Refuses: what the plan showed as impossible, and a second founding paper.
Public: reservations (hold, post, release), carrying_out, permits, side_writes, names (the last
look at a name), founding_papers, taking_back.
"""
