"""The register of a territory in the browser: bodies, ledger, side registers, and the steps that change them.

Takes for granted: a register that the person reaches, as of a day.
Refuses: a change beside the steps.
Public: bodies, ledger, steps, side_registers, side_steps, use_of_posts, reconciliation, opening, closed_periods.
"""
