"""What bodies have on loan of pools of posts, as a plan counts it: by body and type, what is owed to each lender."""

from __future__ import annotations

from uuid import UUID

from proposals.ledger.models import Holder

# Who lends posts, in the order in which they get them back: before there was a pool of talent, the district itself did.
LENDERS = (Holder.TALENT, Holder.POOL)


class Loans(dict[tuple[UUID, str], dict[str, int]]):
    """Numbers by lender, by body and type."""

    def owed(self, body: UUID, unit: str) -> int:
        """Return how many posts of a type a body has on loan."""
        return sum(self.get((body, unit), {}).values())

    def lend(self, lender: str, body: UUID, unit: str, n: int) -> None:
        """Note that a body owes so many more, or fewer."""
        by_lender = self.get((body, unit), {})
        self[body, unit] = {**by_lender, lender: by_lender.get(lender, 0) + n}
