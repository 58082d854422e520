"""A disk that keeps what was flushed, and of everything else whatever it likes: what is on it after the power failed.

A file's bytes are sure when the file was flushed, a name when its folder was. Of the writes to a file since then none
may be there, all, the first ones, or any of them, the last one torn; of the names made since then any.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from tests.faults.power.recorded import Call

Image = dict[str, bytes]  # files by their path below the folder
BLOCK = 512


class Disk:
    """What is sure on the disk, and what is not yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.data: dict[int, bytearray] = {}
        self.names: dict[str, int] = {}
        self.folders: dict[int, str] = {folder.stat().st_ino: self.folder}
        self.unsure: dict[int, list[Call]] = defaultdict(list)
        self.unsure_names: list[tuple[str, int | None]] = []
        for path in folder.rglob("*"):
            inode = path.stat().st_ino
            self.names[str(path)] = inode
            if path.is_dir():
                self.folders[inode] = str(path)
            else:
                self.data[inode] = bytearray(path.read_bytes())

    def take(self, call: Call) -> None:
        """Take a call in."""
        if call.what in "WT":
            self.unsure[call.inode].append(call)
        elif call.what in "CL":
            self.data.setdefault(call.inode, bytearray())
            self.unsure_names.append((call.path, call.inode))
        elif call.what == "D":
            self.folders[call.inode] = call.path
            self.unsure_names.append((call.path, call.inode))
        elif call.what == "U":
            self.unsure_names.append((call.path, None))
        elif call.what == "R":
            self.unsure_names += [(call.data.decode(), call.inode), (call.path, None)]
        elif call.what == "S":
            self.flush(call)

    def flush(self, call: Call) -> None:
        """Let a file's bytes, or a folder's names, be sure."""
        if call.inode not in self.folders:
            for write in self.unsure.pop(call.inode, []):
                apply(self.data.setdefault(call.inode, bytearray()), write)
            return
        mine = [name for name in self.unsure_names if str(Path(name[0]).parent) == call.path]
        self.unsure_names = [name for name in self.unsure_names if name not in mine]
        for path, inode in mine:
            name_it(self.names, path, inode)

    def after_power_failed(self, chance: random.Random) -> Image:
        """Return one of the many things that may be on the disk now."""
        data = {inode: bytes(held) for inode, held in self.data.items()}
        for inode, writes in self.unsure.items():
            held = bytearray(data.get(inode, b""))
            for write in chosen(writes, chance):
                apply(held, write)
            data[inode] = bytes(held)
        names = dict(self.names)
        share = chance.choice((0.0, 0.5, 1.0))
        for path, inode in self.unsure_names:
            if chance.random() < share:
                name_it(names, path, inode)
        return {
            path.removeprefix(self.folder + "/"): data[inode]
            for path, inode in names.items()
            if inode in data and self.reached(path, names)
        }

    def reached(self, path: str, names: dict[str, int]) -> bool:
        """Say whether all folders on the way to the file have their names."""
        above = str(Path(path).parent)
        return above == self.folder or (above in names and self.reached(above, names))


def chosen(writes: list[Call], chance: random.Random) -> list[Call]:
    """Return which of the unsure writes came to be, in their order."""
    how = chance.choice(("none", "all", "first", "any", "torn"))
    if how == "none":
        return []
    if how == "first":
        return writes[: chance.randrange(len(writes) + 1)]
    kept = [write for write in writes if how == "all" or chance.random() < 0.5]
    if how == "torn" and kept and kept[-1].what == "W":
        blocks = chance.randrange(len(kept[-1].data) // BLOCK + 1)
        kept[-1] = kept[-1]._replace(data=kept[-1].data[: blocks * BLOCK])
    return kept


def apply(held: bytearray, write: Call) -> None:
    """Write, or cut to length."""
    end = write.offset + len(write.data)
    if write.what == "T":
        del held[write.offset :]
    if len(held) < end:
        held.extend(bytes(end - len(held)))
    if write.what == "W":
        held[write.offset : end] = write.data


def name_it(names: dict[str, int], path: str, inode: int | None) -> None:
    """Give a file a name, or take it away."""
    if inode is None:
        names.pop(path, None)
    else:
        names[path] = inode
