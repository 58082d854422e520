"""The command that checks every chain, count, posting, paper and package, and says what does not hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.audit import chains, rulebook


class Command(BaseCommand):
    """Print every finding in Chinese; exit 1 when there is any."""

    help = "Replays all chains and checks state, ballots, law, ledger, papers, files and packages against them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings as they are found."""
        found = 0
        for finding in chains.findings():
            found += 1
            self.stdout.write(f"不符：{finding}")
        appointments, seats = rulebook.founded()
        if appointments or seats:
            self.stdout.write(f"说明：任职{appointments}项、编委席位{seats}个随地区建立时登记，没有变更记录可供核对。")
        if found:
            raise CommandError(f"共发现{found}处不符。", returncode=1)
        self.stdout.write("全部办理记录、表决、办事规则、台账、文书和数据包核对一致。")
