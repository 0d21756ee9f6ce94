"""What all tests share: a vault made of texts, and the command line as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # no test says how fast anything is, on a busy machine least of all
settings.load_profile("patient")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


def write_tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put `files` (path → content) below `root`."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def vault(tmp_path: Path) -> Callable[..., Path]:
    """`vault({path: text})` makes a vault with an empty `.obsidian`."""

    def make(files: Mapping[str, str | bytes] | None = None, name: str = "vault") -> Path:
        root = tmp_path / name
        (root / ".obsidian").mkdir(parents=True)
        return write_tree(root, files or {})

    return make


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    """`run("lint", path)` runs the program in a process of its own, in `cwd` (default: an empty folder)."""

    def call(*arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: str = "") -> Ran:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "vaultkit", *map(str, arguments)],
            cwd=cwd or elsewhere,
            env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
            input=stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return call


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`run_here("lint", cwd=root)` runs the command line in this process, without waiting for the disk: for tests that
    call it often, or change what it calls."""
    from tests.scenes import unsynced
    from vaultkit.cli import run

    unsynced(monkeypatch)

    def one(*arguments: object, cwd: Path) -> Ran:
        monkeypatch.chdir(cwd)
        code = run(list(map(str, arguments)))
        said = capfd.readouterr()
        return Ran(code, said.out, said.err)

    return one


@contextmanager
def not_hanging(seconds: int = 60) -> Iterator[None]:
    """Stop what never ends. No measurement: what is done here takes a second or so, and for ever when it blows up.

    The seconds are those of the processor: to wait for its turn on a busy machine costs a test none. What waits for
    something that never comes is stopped by the clock, after ten times as many.
    """

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError(f"still running after {seconds} seconds")

    before = [(number, signal.signal(number, stop)) for number in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(10 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for number, handler in before:
            signal.signal(number, handler)


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below `root` with its bytes and time of change."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
