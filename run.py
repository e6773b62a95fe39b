#!/usr/bin/env python3
"""The one door: sets up everything that Goldthread needs, then runs it.

    python3 run.py demo               the site, on http://127.0.0.1:8000
    python3 run.py test               all tests
    python3 run.py dev                what developers can run
    python3 run.py <anything>         goldthread <anything>

Needs Python 3.11 or later and nothing else. This file uses the standard library only, and syntax
that much older Pythons can read, so that they too can say what is missing.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.stderr.write(
        "Goldthread needs Python {}.{} or later; this is Python {}.{}.\n".format(
            *(OLDEST + tuple(sys.version_info[:2]))
        )
    )
    sys.exit(2)

import contextlib  # noqa: E402
import errno  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "goldthread-installed.json")
UNFINISHED = os.path.join(VENV, "goldthread-unfinished")
LOG = os.path.join(VENV, "goldthread-install.log")
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"
WINDOWS = os.name == "nt"
# A file's tests stay together. In the order of folders, so that the long files, of few tests each,
# come first and not alone at the end.
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Network is unreachable",
    "nodename nor servname",
    "getaddrinfo failed",
    "No route to host",
    "Connection refused",
    "Failed to fetch",
    "error sending request",
    "timed out",
    "ProxyError",
)


class Problem(Exception):
    """Something a person can mend; the message is one clear sentence."""


def main(arguments):
    """Runs what the arguments ask for; returns the exit code."""
    try:
        return dispatch(arguments)
    except Problem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Stopped; the next start continues from here.")
        return 130
    except OSError as error:
        say(sentence(error))
        return 1


def dispatch(arguments):
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command == "test":
        return test(rest)
    if command == "dev":
        return develop(rest)
    if command in ("-h", "--help"):
        sys.stdout.write(__doc__ + "\n")
    set_up(RUN)
    return become([python(), "-m", "goldthread", command] + rest)


def test(arguments):
    """All tests, on two processes, or what the arguments ask of pytest."""
    set_up(DEVELOP)
    # tests/browser.py finds a browser, and may install one when it is us who started the tests.
    os.environ["GOLDTHREAD_INSTALL_BROWSER"] = "1"
    # The tests start the program many times; each time it would be compiled anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.chdir(ROOT)
    return become([python(), "-m", "pytest"] + (arguments or PARALLEL))


def tasks():
    """Each developer's task: what it is for, and the commands it runs."""
    py = python()
    return {
        "bench": ("run the benches", [[py, "-m", "bench"]]),
        "docs": (
            "write the generated reference pages",
            [[py, "-m", "goldthread.cli.documents"], [py, "-m", "goldthread.web.work.access"]],
        ),
        "format": ("format the code (--check only looks)", [[tool("ruff"), "format", "."]]),
        "imports": ("check who imports whom", [[tool("lint-imports")]]),
        "lint": ("find mistakes (--fix mends some)", [[tool("ruff"), "check", "."]]),
        "lock": ("pin the parts again", [lock(RUN), lock(DEVELOP, "--group", "dev")]),
        "openapi": ("write openapi.json", [[py, "-m", "goldthread.api.openapi"]]),
        "types": ("check the types", [[tool("mypy"), "src"]]),
    }


def develop(arguments):
    """One of the developers' tasks; further arguments go to its last command."""
    known = tasks()
    if not arguments or arguments[0] not in known:
        for name in sorted(known):
            say("python3 run.py dev {:<8} {}".format(name, known[name][0]))
        return 0 if not arguments else 2
    set_up(DEVELOP)
    commands = known[arguments[0]][1]
    code = 0
    for command in commands:
        extra = arguments[1:] if command is commands[-1] else []
        code = subprocess.call(command + extra, cwd=ROOT) or code
    return code


def lock(name, *options):
    """The command that pins the parts: names, versions and hashes for every system, no hosts."""
    return [
        tool("uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes",
        "--python-version", "3.11", "--custom-compile-command", "python3 run.py dev lock",
        "--no-emit-index-url", "--no-emit-find-links", "--no-emit-build-options",
        "pyproject.toml", "--output-file", name,
    ] + list(options)  # fmt: skip


# --- The environment ---------------------------------------------------------------------------


def set_up(lock_name):
    """Make .venv hold exactly what the lock names; at once when it already does."""
    if is_fresh(lock_name):
        return
    with only_one():
        if not is_fresh(lock_name):
            install(lock_name)


def is_fresh(lock_name):
    return read_stamp().get(lock_name) == digest(lock_name) and os.path.exists(python())


def read_stamp():
    """What was installed, by the digest of each lock; empty when unknown or for another Python."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if stamp.get("made for") == identity() else {}


def identity():
    """An environment works only in the place and for the Python that it was made for."""
    return "{} in {}".format(".".join(map(str, sys.version_info[:2])), ROOT)


def digest(lock_name):
    with open(os.path.join(ROOT, lock_name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def install(lock_name):
    """Make the environment, install the lock into it, and stamp it last of all."""
    begun = time.time()
    make_environment()
    with open(UNFINISHED, "w", encoding="utf-8") as file:
        file.write(lock_name)
    install_lock(lock_name)
    with open(os.path.join(site_packages(), "goldthread.pth"), "w", encoding="utf-8") as file:
        file.write(os.path.join(ROOT, "src") + "\n")
    # The developers' lock holds the other one whole.
    names = (RUN, DEVELOP) if lock_name == DEVELOP else (RUN,)
    stamp = {name: digest(name) for name in names}
    stamp["made for"] = identity()
    with open(STAMP + ".new", "w", encoding="utf-8") as file:
        json.dump(stamp, file)
    os.replace(STAMP + ".new", STAMP)
    os.remove(UNFINISHED)
    say("Installed in {:.0f} seconds.".format(time.time() - begun))


def make_environment():
    """A virtual environment; made anew when an install was cut off or it is for another Python."""
    spoilt = os.path.exists(UNFINISHED) or (os.path.exists(STAMP) and not read_stamp())
    if not spoilt and os.path.exists(python()) and works():
        return
    import venv

    say("Making the environment in .venv (first start only) …")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=not WINDOWS).create(VENV)
    except subprocess.CalledProcessError as error:
        raise Problem(
            "This Python cannot make a virtual environment with pip; on Debian and Ubuntu, "
            "'apt-get install python3-venv' brings what is missing."
        ) from error


def works():
    command = [python(), "-m", "pip", "--version"]
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def install_lock(lock_name):
    """By uv, which takes seconds; by pip where uv cannot be had or cannot reach the index."""
    with open(os.path.join(ROOT, lock_name), encoding="utf-8") as file:
        count = sum("==" in line for line in file)
    pip = [python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    say("Installing {} packages (first start only) …".format(count))
    with contextlib.suppress(OSError):
        os.remove(LOG)
    if has_uv(pip):
        command = [tool("uv"), "pip", "install", "--quiet", "--compile-bytecode"]
        command += ["--python", python()]
        if attempt(command + ["--require-hashes", "-r", lock_name]):
            return
        say("uv could not do it; trying pip, which takes about a minute …")
    if not attempt(pip + ["--require-hashes", "-r", lock_name]):
        raise Problem(why_not())


def has_uv(pip):
    """Install the pinned uv, by its hash like everything else."""
    if os.path.exists(tool("uv")):
        return True
    descriptor, path = tempfile.mkstemp(suffix=".txt")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(pinned("uv"))
        return attempt(pip + ["--require-hashes", "--no-deps", "-r", path])
    finally:
        os.remove(path)


def pinned(name):
    """The lines of one package in the developers' lock."""
    lines = []
    with open(os.path.join(ROOT, DEVELOP), encoding="utf-8") as file:
        for line in file:
            if line.startswith(name + "==") or (lines and line.startswith("    --hash")):
                lines.append(line)
            elif lines:
                break
    return "".join(lines).rstrip().rstrip("\\") + "\n"


def attempt(command):
    """Run an installer with its words in the log; say now and then that it is still at work."""
    with open(LOG, "a", encoding="utf-8") as log:
        log.write("$ " + " ".join(command) + "\n")
        log.flush()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            close_fds=False,
        )
        begun = time.time()
        try:
            while True:
                try:
                    return process.wait(timeout=10) == 0
                except subprocess.TimeoutExpired:
                    say("… still installing ({:.0f} seconds)".format(time.time() - begun))
        except BaseException:
            process.kill()
            process.wait()
            raise


def why_not():
    """One sentence about a failed install, from what the installer wrote."""
    with open(LOG, encoding="utf-8", errors="replace") as file:
        said = file.read()
    if "No space left" in said or "ENOSPC" in said:
        return sentence(OSError(errno.ENOSPC, ""))
    if any(mark in said for mark in NO_NETWORK):
        return (
            "The package index cannot be reached, so the parts cannot be installed; connect to "
            "the network (or set PIP_INDEX_URL to a mirror you can reach) and start again."
        )
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said or "Hash mismatch" in said:
        return (
            "A downloaded package is not the one that was pinned, so nothing was installed; "
            "the details are in {}.".format(LOG)
        )
    return "The parts could not be installed; the reason is at the end of {}.".format(LOG)


@contextlib.contextmanager
def only_one():
    """Two starts at once must not install over each other: the second waits."""
    folder = os.path.join(ROOT, ".goldthread")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "install.lock"), "a", encoding="utf-8") as file:
        if not try_lock(file):
            say("Another start is installing; waiting for it …")
            while not try_lock(file):
                time.sleep(0.5)
        # The installer inherits the lock, so that one left behind by a killed start is waited for.
        os.set_inheritable(file.fileno(), True)
        yield


def try_lock(file):
    """The lock goes with the process, however it ends."""
    try:
        if WINDOWS:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def tool(name):
    """A program of the environment."""
    if WINDOWS:
        return os.path.join(VENV, "Scripts", name + ".exe")
    return os.path.join(VENV, "bin", name)


def python():
    return tool("python")


def site_packages():
    if WINDOWS:
        return os.path.join(VENV, "Lib", "site-packages")
    version = "python{}.{}".format(*sys.version_info[:2])
    return os.path.join(VENV, "lib", version, "site-packages")


# --- Saying and becoming -----------------------------------------------------------------------


def become(command):
    """Run the command in our place, so that signals reach it; on Windows, as a child."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            # Ctrl-C went to the child too; it is tidying up.
            continue


def say(line):
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def sentence(error):
    if error.errno == errno.ENOSPC:
        return "The disk of {} is full; free about 2 GB and start again.".format(ROOT)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "Goldthread may not write to {}; copy it to a folder of your own.".format(
            error.filename or ROOT
        )
    return "Goldthread could not be started: {}.".format(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
