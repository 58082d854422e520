"""The command that checks every chain, count, posting, paper and package, and says what does not hold."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.audit import rulebook
from workflows.audit.anchors import files, holding
from workflows.audit.anchors.files import AnchorFault
from workflows.audit.reading import chains, going_on


class Command(BaseCommand):
    """Print every finding in Chinese; exit 1 when there is any."""

    help = "Replays all chains and checks state, ballots, law, ledger, papers, files and packages against them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether only what is new since the last reading is read."""
        parser.add_argument("--new", action="store_true", help="read only chains, from the last verified entry of each")
        parser.add_argument(
            "--anchors", type=Path, metavar="FOLDER", help="hold everything against these checkpoints too"
        )
        parser.add_argument("--anchor-key", type=Path, metavar="FILE", help="the public key of the checkpoints")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings as they are found."""
        anchored = self._anchored(options["anchors"], options["anchor_key"])
        if options["new"]:
            self._go_on(anchored)
            return
        found = 0
        for finding in chain(anchored, chains.findings(told=self._told)):
            found += 1
            self.stdout.write(f"不符：{finding}")
        appointments, seats = rulebook.founded()
        if appointments or seats:
            self.stdout.write(f"说明：任职{appointments}项、编委席位{seats}个随地区建立时登记，没有变更记录可供核对。")
        if found:
            raise CommandError(f"共发现{found}处不符。", returncode=1)
        self.stdout.write("全部办理记录、表决、办事规则、台账、文书和数据包核对一致。")

    def _told(self, chains: int, entries: int) -> None:
        """Say how far the whole audit is; its findings alone go to the other stream."""
        self.stderr.write(f"进度：已核对{chains}条记录链、{entries}条记录。", style_func=str)

    def _anchored(self, folder: Path | None, key: Path | None) -> list[str]:
        """Return what does not hold against the checkpoints of a folder, and say how many there were."""
        if folder is None:
            return []
        if key is None:
            raise CommandError("请用 --anchor-key 写明检查点的公钥文件。")
        try:
            checkpoints, faults = files.read(folder, files.public_key(key))
        except AnchorFault as fault:
            raise CommandError(str(fault), returncode=1) from fault
        self.stdout.write(f"检查点：{len(checkpoints)}个。")
        return [f"{fault}。" for fault in (*faults, *holding.findings(checkpoints))]

    def _go_on(self, anchored: list[str]) -> None:
        """Read every chain from its mark on, tell how far it is, and say at the end what was read and what was not."""
        read = [0, 0]

        def told(chains: int, entries: int) -> None:
            read[:] = chains, entries
            self.stdout.write(f"进度：已核对{chains}条记录链，其中新增{entries}条记录。")

        found = 0
        for finding in (*anchored, *going_on.findings(told=told)):
            found += 1
            self.stdout.write(f"不符：{finding}")
        scope = (
            "只核对各记录链自上次核对后的新增记录；此前的记录以及表决、台账、文书和数据包未重新核对，须办理完整核对。"
        )
        self.stdout.write(f"范围：{read[0]}条记录链，新增{read[1]}条记录。{scope}")
        if found:
            raise CommandError(f"共发现{found}处不符。", returncode=1)
        self.stdout.write("新增办理记录核对一致。")
