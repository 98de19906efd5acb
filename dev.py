#!/usr/bin/env python3
"""Heed's one door for people who build it or want to see it. Standard library only; any Python from 3.8 starts it.

  python3 dev.py demo    a fictional county, served on 127.0.0.1:8000   [--no-serve] [--port N] [--town small|county]
  python3 dev.py test    everything a change needs: style, types, floors, tests on SQLite and PostgreSQL
  python3 dev.py drill   the long proofs: faults, oracles, the county
  python3 dev.py check   style, types and floors only          python3 dev.py fix    mend style
  python3 dev.py docs    write the generated reference anew    python3 dev.py bench  side by side with peers
  python3 dev.py lock    compile requirements/ from pyproject.toml

Each sets up what it needs the first time: uv inside .tools, hashed requirements inside .venv.
"""

import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.join(ROOT, ".tools")
VENV = os.path.join(ROOT, ".venv")
BIN = "Scripts" if os.name == "nt" else "bin"
OLDEST, NEWEST = (3, 12), (3, 14)


def main() -> int:
    """Run one verb and hand back its exit code."""
    os.chdir(ROOT)
    verb, rest = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    verbs = {
        "demo": demo, "test": test, "drill": drill, "check": check,
        "fix": fix, "docs": docs, "bench": bench, "lock": lock,
    }  # fmt: skip
    if verb not in verbs:
        print(__doc__)
        return 0 if verb in ("help", "-h", "--help") else 2
    try:
        return verbs[verb](rest)
    except KeyboardInterrupt:
        return 130


def demo(rest):
    """Set up and run the fictional county."""
    set_up("run")
    return call([venv("heed"), "demo", *rest])


def test(rest):
    """Style, types, floors; the suite on SQLite, then on PostgreSQL."""
    set_up("dev")
    ensure_system()
    seed = "--randomly-seed={}".format(os.getpid())
    print("order of the tests: {}".format(seed))
    quick = ["-m", "not drill", seed, *rest]
    steps = [
        *check_steps(),
        ("tests on SQLite", pytest(quick)),
        # --reuse-db: the server goes with everything in it, so nothing has to drop its databases first.
        ("tests on PostgreSQL", on_postgresql(["--reuse-db", *quick])),
    ]
    return run_steps(steps)


def drill(rest):
    """The long proofs, two at a time; each prints its figures, and they are all told again at the end."""
    set_up("dev")
    ensure_system()
    folder = tempfile.mkdtemp(prefix="heed-figures-")
    os.environ["HEED_FIGURES"] = os.path.join(folder, "figures")
    # One drill after the other to whichever of the two is free: --maxschedchunk=1.
    lanes = ["-n", "2", "--dist", "load", "--maxschedchunk=1", "-p", "no:randomly"]
    lanes += ["-o", "faulthandler_timeout=1500"]
    steps = [("drills", [venv("python"), "-m", "pytest", "-m", "drill", "-rP", *lanes, *rest])]
    if not rest:  # a measurement of speed has the machine to itself
        steps.append(
            ("bench intake", [venv("heed"), "--data", os.path.join(folder, "house"), "bench", "intake"])
        )
    code = run_steps(steps)
    tell_figures(os.environ["HEED_FIGURES"])
    shutil.rmtree(folder, ignore_errors=True)
    return code


def tell_figures(file):
    """Promise, figure, bar: what the drills that passed have found."""
    lines = sorted((json.loads(line) for line in read(file).splitlines()), key=lambda each: each["promise"])
    print("\n== figures ==")
    for each in lines:
        print("{promise}\n    found  {figure}\n    bar    {bar}".format(**each))
    if not lines:
        print("none: no drill that publishes a figure has passed")


def check(rest):
    """Style, types and floors."""
    set_up("dev")
    return run_steps(check_steps())


def check_steps():
    """Each is quick; together they say whether the house still has its shape."""
    return [
        ("style", [venv("ruff"), "check", "."]),
        ("format", [venv("ruff"), "format", "--check", "."]),
        ("floors", [venv("lint-imports")]),
        ("types", [venv("mypy")]),
    ]


def fix(rest):
    """Mend what a tool can mend."""
    set_up("dev")
    return run_steps(
        [("style", [venv("ruff"), "check", "--fix", "."]), ("format", [venv("ruff"), "format", "."])]
    )


def docs(rest):
    """Write docs/reference from the code."""
    set_up("dev")
    return call([venv("python"), "-m", "tests.reference", *rest])


def bench(rest):
    """Side by side figures."""
    set_up("dev")
    return call([venv("heed"), "bench", *rest])


def lock(rest):
    """Compile the hashed requirements; no address of a registry may stand in them."""
    set_up_uv()
    base = [tool("uv"), "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-header"]
    python = ["--python", find_python() or sys.executable, "--python-version", "3.12", "--quiet"]
    upgrade = ["--upgrade"] if "--upgrade" in rest else []
    groups = (("build", "run"), ("dev", "dev"))
    return max(
        call([*base, *python, *upgrade, "--group", g, "-o", f"requirements/{file}.txt"]) for g, file in groups
    )


def pytest(rest):
    """Two workers: the machine has two cores. One that hangs ends the run with its stacks, once, not again and again."""
    return [
        venv("python"), "-m", "pytest", "-n", "2", "--dist", "loadfile", "--max-worker-restart=0", *rest
    ]  # fmt: skip


def on_postgresql(rest):
    """The same, on a server that is started for it alone."""
    return [venv("python"), "-m", "tests.on_postgresql", *pytest(rest)]


def run_steps(steps):
    """Run every step; say at the end what each came to. The first failure's code is the answer."""
    results, worst = [], 0
    for name, command in steps:
        print("\n== {} ==".format(name), flush=True)
        started = time.monotonic()
        code = call(command)
        results.append((name, code, time.monotonic() - started))
        worst = worst or code
    print("\n== in short ==")
    for name, code, seconds in results:
        print("{:<22} {:<8} {:7.1f} s".format(name, "ok" if code == 0 else "FAILED", seconds))
    return worst


def set_up(kind):
    """Bring .venv in line with requirements/<kind>.txt; a stamp makes the next run skip it."""
    stamp = os.path.join(VENV, "heed-stamp")
    # The commands of the package stand in pyproject.toml: a new one needs the editable install again.
    wanted = {n: digest("requirements/{}.txt".format(n)) + digest("pyproject.toml") for n in ("run", "dev")}
    have = read(stamp).split()
    if have and (have == [kind, wanted[kind]] or have == ["dev", wanted["dev"]]):
        return
    began = time.monotonic()
    say("setting up (once): tools in .tools, packages in .venv")
    set_up_uv()
    python = find_python() or fetch_python()
    if not usable_venv():
        must(
            [tool("uv"), "venv", "--quiet", "--clear", "--python", python, VENV], "make a virtual environment"
        )
    sync = [
        tool("uv"),
        "pip",
        "sync",
        "--python",
        VENV,
        "--require-hashes",
        "requirements/{}.txt".format(kind),
    ]
    must(sync, "install the packages")
    editable = ["--no-deps", "--no-build-isolation", "--editable", "."]
    must([tool("uv"), "pip", "install", "--quiet", "--python", VENV, *editable], "install Heed itself")
    with open(stamp, "w") as file:
        file.write("{} {}".format(kind, wanted[kind]))
    say("set up in {:.0f} s".format(time.monotonic() - began))


def set_up_uv():
    """uv, pinned and hashed, in a virtual environment of its own."""
    stamp = os.path.join(TOOLS, "heed-stamp")
    if read(stamp) == digest("requirements/uv.txt") and os.path.exists(tool("uv")):
        return
    code = subprocess.call([sys.executable, "-m", "venv", "--clear", TOOLS])
    if code:
        stop("Python's venv module is missing here. On Debian or Ubuntu: apt install python3-venv")
    pip = [tool("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    must([*pip, "--require-hashes", "-r", "requirements/uv.txt"], "install uv")
    with open(stamp, "w") as file:
        file.write(digest("requirements/uv.txt"))


def find_python():
    """The newest Python that Heed runs on: HEED_PYTHON, this one, PATH, pyenv's versions."""
    candidates = [os.environ.get("HEED_PYTHON", ""), sys.executable]
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        candidates.append(shutil.which("python3.{}".format(minor)) or "")
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    roots = {pyenv, *pyenv_of(sys.executable)}
    for root in roots:
        candidates += glob.glob(os.path.join(root, "versions", "3.*", "bin", "python3"))
    found = [(version_of(path), path) for path in candidates if path]
    usable = [(version, path) for version, path in found if OLDEST <= version[:2] <= NEWEST]
    if usable and usable[0][1] == os.environ.get("HEED_PYTHON"):
        return usable[0][1]
    return max(usable)[1] if usable else None


def pyenv_of(path):
    """The pyenv root an interpreter lives under, when HOME does not tell."""
    parts = os.path.realpath(path).split(os.sep + "versions" + os.sep)
    return [parts[0]] if len(parts) == 2 else []


def version_of(path):
    """The version of an interpreter, or (0,) when it does not start."""
    words = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
    try:
        out = subprocess.run(
            [path, "-c", words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20
        )
        return (
            tuple(int(part) for part in out.stdout.decode().strip().split("."))
            if out.returncode == 0
            else (0,)
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return (0,)


def fetch_python():
    """Have uv fetch a Python; say plainly what to do when it cannot."""
    say("no Python from 3.12 to 3.14 found here: fetching one")
    if subprocess.call([tool("uv"), "python", "install", "--quiet", "3.13"]) == 0:
        return "3.13"
    return stop(
        "Heed needs Python 3.12, 3.13 or 3.14. None was found on PATH or among pyenv's versions, and none could be "
        "fetched from here. Install one (Debian 13, Ubuntu 24.04: apt install python3 python3-venv) or name one: "
        "HEED_PYTHON=/path/to/python3.13 python3 dev.py ..."
    )


def ensure_system():
    """PostgreSQL's server, Debian's Chromium, strace (for the power cut) and Java (for Spark): no package brings them."""
    missing = []
    if not (shutil.which("initdb") or glob.glob("/usr/lib/postgresql/*/bin/initdb")):
        missing.append("postgresql")
    if not (shutil.which("chromium") or shutil.which("chromium-browser") or os.environ.get("HEED_CHROMIUM")):
        missing.append("chromium")
    if sys.platform == "linux" and not shutil.which("strace"):
        missing.append("strace")
    if sys.platform == "linux" and not shutil.which("java"):
        missing.append("default-jre-headless")
    if not missing:
        return
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        stop(
            "the tests need these system packages: {}. Install them and run again.".format(" ".join(missing))
        )
    say("installing {} (Debian packages)".format(" and ".join(missing)))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.call(["apt-get", "update", "-qq"], env=quiet)
    must(
        ["apt-get", "install", "-y", "-qq", *missing],  # with what they recommend: Chromium needs fonts
        "install system packages",
        quiet,
    )


def usable_venv():
    """Whether .venv holds an interpreter Heed runs on."""
    return OLDEST <= version_of(venv("python"))[:2] <= NEWEST


def call(command):
    """Run a command with what it prints going straight to the terminal."""
    return subprocess.call(command, env=environment())


def environment():
    """uv reads no configuration of the machine, and trusts whom the machine trusts (many agencies sit behind a proxy)."""
    return dict(os.environ, UV_NO_CONFIG="1", UV_SYSTEM_CERTS=os.environ.get("UV_SYSTEM_CERTS", "1"))


def must(command, what, env=None):
    """Run a command or stop with what could not be done."""
    if subprocess.call(command, env=env or environment()):
        stop("could not {}: the lines above say why".format(what))


def stop(words):
    """End with one paragraph."""
    sys.exit("dev.py: " + words)


def say(words):
    """One line of progress."""
    print("dev.py: " + words, file=sys.stderr, flush=True)


def tool(name):
    """A program in .tools."""
    return os.path.join(TOOLS, BIN, name)


def venv(name):
    """A program in .venv."""
    return os.path.join(VENV, BIN, name)


def read(path):
    """A small file's text, or nothing."""
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def digest(path):
    """SHA-256 of a requirements file and of this file's own idea of the set-up."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
