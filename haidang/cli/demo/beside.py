"""What stands beside the demo: a program that plays the departments, how to reach it, and the past it hands over.

The folder of `--beside` has `connections.json` (source key → its settings; `{port}`, `{mqtt_port}`, `{home}`, `{until}`
are filled in) and the program itself (`python -m <folder>`); its own data stand under HAIDANG_HOME/beside. What comes
from it is marked as simulated. Never: knows which program that is, or what it simulates.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from haidang.cli import machine, show
from haidang.cli.demo.cast import FOLDER
from haidang.words.errors import Absent, IntakeStopped, Unavailable
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.intake.actions import Landed

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
DUTY = "truc-ban"
"""The account of the demo that is told with the owner when a source is late."""


def home() -> Path:
    return machine.home() / "beside"


def command(options: Namespace) -> list[str]:
    """How the program is run beside the centre; whatever is started from now on finds it."""
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(_folder(options).parent), os.environ.get("PYTHONPATH")])
    )
    words = ["serve", "--home", str(home()), "--port", str(options.beside_port), "--speed", str(options.speed)]
    return [sys.executable, "-m", _name(options), *words]


def _name(options: Namespace) -> str:
    return Path(options.beside).name


def write_history(options: Namespace) -> None:
    """Have the program write the past it hands over, once; raises Unavailable('beside-failed')."""
    if (home() / "history").exists():
        return
    show.console().print(text("cli.history", options.lang, years=options.years))
    words = ["history", "--home", str(home()), "--years", str(options.years), "--scale", str(options.scale)]
    done = subprocess.run([sys.executable, "-m", _name(options), *words], check=False)
    if done.returncode:
        raise Unavailable("beside-failed", command=_name(options), code=done.returncode, retry=0)


def _folder(options: Namespace) -> Path:
    return Path(options.beside).resolve()


def land_history(options: Namespace) -> Iterator[tuple[Path, Landed | IntakeStopped]]:
    """Every file of history/<source key>/ through intake, as its source's."""
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake import actions

    files = sorted(file for file in (home() / "history").glob("*/*") if not file.name.startswith("."))
    with show.progress(options) as shown:
        whole = shown.add_task("", total=len(files))
        for file in files:
            source = declared().source(file.parent.name)
            origin = actions.Origin("file", source.key, simulated=True)
            steps = show.Steps(shown, file.name, options.lang)
            try:
                yield file, actions.import_file(gate.operator(), source.dataset, file, origin=origin, progress=steps)
            except IntakeStopped as stopped:
                yield file, stopped
            shown.advance(whole)


def connect(options: Namespace) -> int:
    """Say how the centre reaches the program, for every source it plays; how many."""
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.sources import actions
    from haidang.intake.sources.asked import settings

    told = (_folder(options) / "connections.json").read_text(encoding="utf-8")
    for word, value in _filled_in(options).items():
        told = told.replace(f"{{{word}}}", value)
    owners = _owners()
    connections = json.loads(told)
    for key, said in connections.items():
        try:
            pack = declared().source(key).pack
        except Absent:
            continue  # a pack this centre does not have
        if (path := said.get("path", "")).startswith(f"{home()}/"):
            Path(path).mkdir(parents=True, exist_ok=True)
        secrets = {asked.setting.name for asked in settings(key) if asked.setting.secret}
        actions.configure(
            gate.operator(),
            key,
            values={name: value for name, value in said.items() if name not in secrets},
            secrets={name: value for name, value in said.items() if name in secrets},
            simulated=True,
            owner=owners.get(pack, DUTY),
            duty=DUTY,
        )
    return len(connections)


def _filled_in(options: Namespace) -> dict[str, str]:
    """`until`: the moment the past ends at, from which the running systems are asked; also as yyyyMMddHHmmss."""
    ends = home() / "history" / "until.txt"
    until = datetime.fromisoformat(ends.read_text().strip()) if ends.exists() else datetime.now(HERE)
    return {
        "port": str(options.beside_port),
        "mqtt_port": str(options.beside_port + 1),
        "home": str(home()),
        "until": until.isoformat(timespec="seconds"),
        "until_stamp": f"{until:%Y%m%d%H%M%S}",
    }


def _owners() -> dict[str, str]:
    with (FOLDER / "owners.csv").open(encoding="utf-8", newline="") as file:
        return {row["pack"]: row["owner"] for row in csv.DictReader(file)}
