"""The parts of `make check` and `make security` that no ready-made tool does.

python -m config.checks migrations | messages | gather | compose | packages
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from config.local import BASE

LANGUAGE = "fr"
PACKAGES = ("config", "governance", "metrics", "people", "portfolio", "products", "records", "roadmaps")
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
SERVICES = {"web", "worker", "beat", "migrate", "database", "redis", "clamav"}


def migrations() -> None:
    """Every model change has its migration, and Django's own checks pass. Needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("check", fail_level="WARNING")
    # It would also like to compare with a database; there need not be one.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    call_command("makemigrations", check_changes=True, dry_run=True)


def gather(base: Path = BASE) -> None:
    """Write every string that the code marks for translation into the catalogue of `base`."""
    (base / "locale").mkdir(exist_ok=True)
    command = [sys.executable, str(base / "manage.py"), "makemessages", "-l", LANGUAGE, "-v", "0"]
    command += ["--no-location", "--no-obsolete", "--no-wrap", "-i", ".*", "-i", "tests", "-i", "collected"]
    subprocess.run(command, cwd=base, check=True)


def messages() -> None:
    """Every marked string has a French text that is finished and keeps its placeholders."""
    if not (BASE / CATALOGUE).exists():
        sys.stdout.write("No French catalogue yet: run `make messages`.\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy_sources(copy)
        gather(copy)
        catalogue = str(copy / CATALOGUE)
        subprocess.run(["msgfmt", "--check", "-o", os.devnull, catalogue], check=True)
        open_texts = _entries(catalogue, "--untranslated") + _entries(catalogue, "--only-fuzzy")
    if open_texts:
        sys.exit(f"French texts are missing or unsure (make messages, then translate):\n{open_texts}")


def _copy_sources(copy: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in (*PACKAGES, "templates", "locale"):
        if (BASE / name).is_dir():
            shutil.copytree(BASE / name, copy / name, ignore=ignored)
    shutil.copy(BASE / "manage.py", copy)


def _entries(catalogue: str, kind: str) -> str:
    command = ["msgattrib", kind, "--no-obsolete", "--no-wrap", catalogue]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # The first entry is the catalogue's head.
    return "\n".join(entry for entry in found.split("\n\n")[1:] if entry.strip())


def compose() -> None:
    """docker-compose.yml is one that Compose accepts; without Compose, that its parts fit each other."""
    for client in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(client[0]) and subprocess.run([*client, "version"], capture_output=True).returncode == 0:
            subprocess.run([*client, "--env-file", ".env.example", "config", "-q"], cwd=BASE, check=True)
            return
    problems = compose_problems((BASE / "docker-compose.yml").read_text())
    if problems:
        sys.exit("docker-compose.yml:\n" + "\n".join(problems))


def compose_problems(text: str) -> list[str]:
    """What is wrong with a Compose file: missing services, unknown names, nothing to run, floating images."""
    import yaml

    content = yaml.safe_load(text)
    services, volumes = content["services"], content.get("volumes", {})
    problems = [f"service {name} is missing" for name in sorted(SERVICES - services.keys())]
    for name, service in services.items():
        if not {"image", "build"} & service.keys():
            problems.append(f"{name} has neither image nor build")
        if "image" in service and ":" not in service["image"]:
            problems.append(f"{name}: the image has no version")
        problems += [
            f"{name} waits for unknown {other}" for other in set(service.get("depends_on", {})) - set(services)
        ]
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            known = (BASE / source).exists() if source.startswith(".") else source in volumes
            problems += [] if known else [f"{name}: no volume or file {source}"]
    return problems


def packages() -> None:
    """No locked package has a weakness that PyPI knows of. Needs the network; without an answer nothing counts as clean."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command += ["--vulnerability-service", "pypi", "--requirement", "requirements/dev.txt"]
    asked = subprocess.run(command, cwd=BASE, capture_output=True, text=True)
    try:
        problems = weak_packages(json.loads(asked.stdout))
    except json.JSONDecodeError:
        said = asked.stderr.strip().splitlines() or ["no answer"]
        problems = [f"no package could be looked up: {said[-1]}"]
    if problems:
        sys.exit("Locked packages are not cleared (docs/how-to/run-for-an-organisation.md):\n" + "\n".join(problems))


def weak_packages(report: dict) -> list[str]:
    """What an audit found, and what it could not look at: it calls itself clean even when nobody answered it."""
    problems = [
        f"{each['name']} {each['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'no version yet'}"
        for each in report["dependencies"]
        for weak in each.get("vulns", [])
    ]
    unknown = [each["name"] for each in report["dependencies"] if "skip_reason" in each]
    if unknown or not report["dependencies"]:
        problems.append(
            f"{len(unknown)} of {len(report['dependencies'])} not known to PyPI's list, or it did not answer"
        )
    return problems


def main(arguments: list[str]) -> None:
    """The command line."""
    commands = {
        "migrations": migrations,
        "messages": messages,
        "gather": gather,
        "compose": compose,
        "packages": packages,
    }
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.exit(f"usage: python -m config.checks {' | '.join(commands)}")
    try:
        commands[arguments[0]]()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{Path(error.cmd[0]).name} failed (exit {error.returncode}); see above.")


if __name__ == "__main__":
    main(sys.argv[1:])
