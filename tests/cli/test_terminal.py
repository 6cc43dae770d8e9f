"""The terminal: exit statuses, one JSON object, sentences instead of tracebacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from doors import BUDGET, LIBRARIES, PEOPLE, shipped, terminal

from haidang.cli import exits
from haidang.cli.main import every_command, main
from haidang.words.texts import text

NOTHING_HERE = text("no-grant")


@pytest.fixture(autouse=True)
def _centre(cast: None) -> None:
    del cast


class Said:
    """What one command gave: exit status, stdout, stderr."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        capsys.readouterr()
        self.status = main(words)
        self.out, self.err = capsys.readouterr()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("so-giao-duc", ("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--place", "20", "--period", "2014")),
        ("cong-chung", ("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--place", "20", "--period", "2014")),
        ("xa-dong-dang", ("answer", "kinh-te-xa-hoi.dan-so-xa", "--place", "06187")),
        ("xa-dong-dang", ("records", "kinh-te-xa-hoi.dan-so-xa", "--place", "06187")),
        ("xa-dong-dang", ("answer", "kinh-te-xa-hoi.dan-so-xa", "--place", "20")),
        ("so-giao-duc", ("answer", "kinh-te-xa-hoi.khong-he-co")),
        ("so-giao-duc", ("import", BUDGET, str(shipped(BUDGET)))),
        ("lanh-dao", ("import", BUDGET, str(shipped(BUDGET)))),
        ("so-giao-duc", ("import", "kinh-te-xa-hoi.khong-he-co", str(shipped(BUDGET)))),
    ],
)
def test_denied_and_absent_read_the_same(capsys: pytest.CaptureFixture[str], who: str, words: tuple[str, ...]) -> None:
    said = Said(capsys, *words, "--as", who, "--json")
    assert (said.status, said.out, said.err.strip()) == (exits.DENIED, "", NOTHING_HERE)


def test_what_is_allowed_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    own = Said(capsys, "answer", "kinh-te-xa-hoi.dan-so-xa", "--place", "06184", "--as", "xa-dong-dang", "--json")
    assert own.status == 0
    assert own.json["value"] > 0
    assert any("xa-dong-dang" in grant for grant in own.json["because"])
    leader = Said(
        capsys, "answer", "kinh-te-xa-hoi.thu-ngan-sach", "--place", "20", "--period", "2014", "--as", "lanh-dao"
    )
    assert leader.status == 0
    assert "7.150 tỷ đồng" in leader.out
    facts = Said(capsys, "records", "kinh-te-xa-hoi.dan-so-xa", "--place", "06184", "--as", "xa-dong-dang", "--json")
    assert facts.json["total"] == 1


@pytest.mark.parametrize(
    ("words", "status", "part"),
    [
        (("answer", "kinh-te-xa-hoi.dan-so-xa", "--place", "Khong Co Noi Nay"), exits.BAD_USE, "Không có địa bàn"),
        (("answer", "kinh-te-xa-hoi.thu-ngan-sac"), exits.BAD_USE, "thu-ngan-sach"),
        (("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--period", "hôm nọ"), exits.BAD_USE, "hôm nọ"),
        (("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--as-of", "31/02/2026"), exits.BAD_USE, "31/02/2026"),
        (
            ("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--where", "mon"),
            exits.BAD_USE,
            "mon",
        ),
        (("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--as", "lanh-da"), exits.BAD_USE, "lanh-dao"),
        (("import", LIBRARIES, "/khong/co/tep.csv"), exits.BAD_INPUT, "tep.csv"),
        (("rejects", "khong-co-luot-nay"), exits.BAD_USE, ""),
        (("places", "show", "khong-co"), exits.BAD_USE, "khong-co"),
        (("grants", "add", "lanh-dao", "--level", "toi-mat"), exits.BAD_USE, "toi-mat"),
        (("users", "token", "khong-ai"), exits.BAD_USE, "khong-ai"),
        (("restore", "/khong/co/ban/sao"), exits.BAD_USE, ""),
        (("bench", "khong-co"), exits.BAD_USE, "Lệnh viết chưa đúng"),
        (("lenh-la",), exits.BAD_USE, "Lệnh viết chưa đúng"),
        ((), exits.BAD_USE, "Lệnh viết chưa đúng"),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, part: str
) -> None:
    said = Said(capsys, *words)
    assert said.status == status, said.err
    assert said.err.strip()
    assert part in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_english_one_word_away(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "answer", "kinh-te-xa-hoi.thu-ngan-sach", "--period", "x", "--lang", "en")
    assert "is not a period" in said.err


def test_a_fault_of_the_program_is_no_traceback_either(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(options: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.delenv("HAIDANG_DEBUG", raising=False)
    monkeypatch.setattr(every_command()["packs"], "run", broken)
    said = Said(capsys, "packs")
    assert said.status == exits.BROKEN
    assert "ZeroDivisionError" in said.err
    assert "Traceback" not in said.err


def test_every_command_has_its_help_in_both_languages() -> None:
    for name in every_command():
        assert text(f"cli.help.{name}") != f"cli.help.{name}"
        assert text(f"cli.help.{name}", "en") != text(f"cli.help.{name}")


def test_import_says_what_landed_and_a_repeat_lands_nothing(landed_home: Path) -> None:
    repeat = terminal(landed_home, "import", LIBRARIES, str(shipped(LIBRARIES)), "--json")
    found = json.loads(repeat.stdout)
    assert {"run", "dataset", "read", "landed", "set_aside", "unchanged", "reasons"} <= set(found)
    assert (found["landed"], found["set_aside"], found["repeated"]) == (0, 0, True)
    two = terminal(landed_home, "import", LIBRARIES, *[str(shipped(LIBRARIES))] * 2, "--json")
    assert len(json.loads(two.stdout)["runs"]) == 2


def test_runs_and_rejects(capsys: pytest.CaptureFixture[str]) -> None:
    runs = Said(capsys, "runs", "--json").json["runs"]
    people = next(run for run in runs if run["dataset"] == PEOPLE)
    assert people["landed"] + people["set_aside"] == people["read"] == 65
    rejects = Said(capsys, "rejects", people["run"], "--json").json
    assert rejects["total"] == people["set_aside"] == sum(people["reasons"].values())
    public = Said(capsys, "runs", "--json", "--as", "cong-chung").json["runs"]
    assert PEOPLE not in {run["dataset"] for run in public}


def test_accounts_and_grants(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAIDANG_PASSWORD", "Mot-hai-ba-bon-5")
    assert Said(capsys, "users", "add", "so-noi-vu", "--title", "Sở Tài chính", "--place", "20").status == 0
    ask = (
        "answer",
        "kinh-te-xa-hoi.thu-ngan-sach",
        "--place",
        "20",
        "--period",
        "2014",
        "--as",
        "so-noi-vu",
        "--json",
    )
    assert Said(capsys, *ask).status == exits.DENIED
    grant = ("grants", "add", "so-noi-vu", "--pack", "kinh-te-xa-hoi", "--place", "20", "--level", "internal")
    given = Said(capsys, *grant, "--until", "2099-12-31", "--json").json
    assert given["place"] == "20@1976-07-02"
    assert given["until"].startswith("2099-12-31T23:59:59")
    assert Said(capsys, *ask).json["value"] == pytest.approx(7150.12, abs=0.01)
    assert Said(capsys, "grants", "withdraw", given["id"].split(":")[0]).status == 0
    assert Said(capsys, *ask).status == exits.DENIED
    assert "so-noi-vu" in {user["name"] for user in Said(capsys, "users", "list", "--json").json["users"]}


def test_backup_restores_into_another_home(landed_home: Path, tmp_path: Path) -> None:
    saved = terminal(landed_home, "backup", str(tmp_path / "saved"), "--json")
    assert saved.returncode == 0, saved.stderr
    other = tmp_path / "other"
    restored = terminal(other, "restore", str(tmp_path / "saved"))
    assert restored.returncode == 0, restored.stderr
    ask = ("answer", "kinh-te-xa-hoi.thu-ngan-sach", "--place", "20", "--period", "2014", "--json")
    assert json.loads(terminal(other, *ask).stdout)["value"] == pytest.approx(7150.12, abs=0.01)
    again = terminal(other, "restore", str(tmp_path / "saved"))
    assert again.returncode != 0
    assert "Traceback" not in again.stderr
