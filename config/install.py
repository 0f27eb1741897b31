"""Make .venv from the lock file; a second time only a digest is compared.

Runs as a script, before anything is installed, in whatever Python there is: an old one must be able to read it.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".installed"
LOCK = BASE_DIR / "requirements.lock"
BOOTSTRAP = BASE_DIR / "bootstrap.lock"
OLDEST, NEWEST = (3, 11), (3, 13)
NEEDED_MB = 1500


class CannotInstall(Exception):
    """The environment cannot be made; the message says why and what to do."""


def main() -> int:
    """Bring .venv up to date; `--offline` refuses where that would need a package index."""
    try:
        use_a_supported_python()
        with open(BASE_DIR / ".venv.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not up_to_date():
                install(offline="--offline" in sys.argv[1:])
    except CannotInstall as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(
            f"{error.filename or BASE_DIR} cannot be used: {error.strerror}. Clone into a folder of your own."
        )
    except KeyboardInterrupt:
        return 130
    return 0


def refuse(sentence: str) -> int:
    """Say why not."""
    print(sentence, file=sys.stderr)  # noqa: T201 -- a command line
    return 1


def use_a_supported_python() -> None:
    """Go on in a supported Python, where this one is none and the machine has one."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found and runs(found, "import venv, ensurepip"):
            os.execv(found, [found, *sys.argv])  # noqa: S606 -- this script in another Python
    own = ".".join(map(str, sys.version_info[:2]))
    raise CannotInstall(
        f"Python 3.11, 3.12 or 3.13 is needed and this is {own}: install one of them, "
        "or say where it is: make run PYTHON=/path/to/python3.12"
    )


def up_to_date() -> bool:
    """Whether .venv holds what the lock file says."""
    return STAMP.is_file() and PYTHON.exists() and STAMP.read_text() == fingerprint()


def fingerprint() -> str:
    """What the environment depends on: the lock files, its Python, and its place, which its scripts name."""
    parts = [LOCK.read_bytes(), BOOTSTRAP.read_bytes(), (VENV / "pyvenv.cfg").read_bytes(), os.fsencode(str(VENV))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install(*, offline: bool) -> None:
    """Put uv into the environment, and let uv install exactly what the lock file lists."""
    if offline:
        raise CannotInstall("The environment is not complete and no network may be used: run `make install` first.")
    free = shutil.disk_usage(str(BASE_DIR)).free // 1_000_000
    if free < NEEDED_MB:
        raise CannotInstall(
            f"The disk that holds {BASE_DIR} has {free} MB left, {NEEDED_MB} are needed: free some space."
        )
    print("Installing the packages of requirements.lock into .venv ...", flush=True)  # noqa: T201 -- a command line
    if STAMP.exists():
        STAMP.unlink()
    if not runs(str(PYTHON), f"import pip, sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"):
        make_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--python", str(PYTHON)]
    done = succeeds(*pip, "--require-hashes", "-r", str(BOOTSTRAP)) and succeeds(*uv, "--require-hashes", str(LOCK))
    if not done:
        print("uv cannot be used here; pip does the same more slowly ...", flush=True)  # noqa: T201 -- a command line
        done = succeeds(*pip, "--require-hashes", "-r", str(LOCK))
    if not done:
        raise CannotInstall("The packages could not be installed (see above): is a package index reachable?")
    STAMP.write_text(fingerprint())


def make_venv() -> None:
    """A fresh environment of the Python that runs this."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)  # noqa: S603 -- ours
    said = made.stdout.decode("utf-8", "replace").strip()
    if made.returncode and "ensurepip" in said:
        raise CannotInstall("This Python lacks its venv module: on Debian or Ubuntu, apt install python3-venv.")
    if made.returncode:
        raise CannotInstall("The environment could not be made: " + (said.splitlines() or ["no reason was given"])[-1])


def runs(python: str, code: str) -> bool:
    """Whether a Python is there and runs `code` without an error."""
    try:
        return subprocess.call([python, "-c", code], stderr=subprocess.DEVNULL) == 0  # noqa: S603 -- the words are ours
    except OSError:
        return False


def succeeds(*command: str) -> bool:
    """Run one command with the machine's own certificates; where the home folder cannot be written, without a cache."""
    env = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    env.setdefault("UV_SYSTEM_CERTS", "1")
    if not os.access(env.get("HOME") or "/nowhere", os.W_OK):
        env.update(UV_NO_CACHE="1", PIP_NO_CACHE_DIR="1")
    return subprocess.call(command, env=env) == 0  # noqa: S603 -- the words are ours


if __name__ == "__main__":
    sys.exit(main())
