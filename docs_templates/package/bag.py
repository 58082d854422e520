"""The only place that writes a package: a BagIt 1.0 bag in a plain zip, the same bytes for the same content."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date

ALGORITHMS = (("manifest-sha256.txt", "sha256"), ("manifest-sha512.txt", "sha512"))
SM3_MANIFEST = "manifest-sm3.txt"  # SM3 is no algorithm registered for BagIt: to other tools this is a tag file
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def bag(
    *, name: str, payload: Mapping[str, bytes], tags: Mapping[str, bytes], info: Mapping[str, str], on: date
) -> bytes:
    """Return the zip of a bag called `name`.

    `payload` names start with data/; `tags` are further files beside it; `info` goes to bag-info.txt. Every time stamp
    in the zip is `on`, nothing is compressed by a private method, nothing is encrypted.
    """
    size = sum(len(data) for data in payload.values())
    lines = {**info, "Bagging-Date": on.isoformat(), "Payload-Oxum": f"{size}.{len(payload)}"}
    top: dict[str, bytes] = {
        "bagit.txt": DECLARATION.encode(),
        "bag-info.txt": "".join(f"{key}: {value}\n" for key, value in lines.items()).encode(),
        **tags,
    }
    for file_name, algorithm in (*ALGORITHMS, (SM3_MANIFEST, "sm3")):
        if algorithm in hashlib.algorithms_available:  # some builds of OpenSSL come without SM3
            top[file_name] = _manifest(payload, algorithm)
    top["tagmanifest-sha256.txt"] = _manifest(top, "sha256")
    return _zip(name, {**top, **payload}, on)


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    rows = (f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(rows).encode()


def _zip(name: str, files: Mapping[str, bytes], on: date) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path}", date_time=(on.year, on.month, on.day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[path])
    return target.getvalue()
