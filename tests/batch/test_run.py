from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from luoshi.batch.job import Job, Made, Outcome, Task
from luoshi.batch.run import Died, carried_out, planned, run, run_in_pools
from luoshi.kernel.errors import Invalid


@dataclass(frozen=True)
class Upper:
    """Writes each text in capitals; a few words make it fail in a way of their own."""

    mark: str = ""
    endings: tuple[str, ...] = (".txt",)

    def names(self, relative: str) -> tuple[str, ...]:
        return (relative.replace("one", "two"),)

    def as_dict(self) -> dict[str, Any]:
        return {"mark": self.mark}

    def make(self, source: Path, into: Sequence[BinaryIO]) -> Made:
        text = source.read_text("utf-8")
        into[0].write(text[:1].upper().encode())
        if text == "invalid":
            raise Invalid("not_text")
        if text == "bug":
            raise ZeroDivisionError
        if text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("touch"):
            source.write_text("touched meanwhile", "utf-8")
        into[0].write((text[1:].upper() + self.mark).encode())
        return Made(1, {"exact": len(text)})


class Place:
    """A folder with files, and one for what becomes of them."""

    def __init__(self, tmp_path: Path) -> None:
        self.source, self.out = tmp_path / "in", tmp_path / "out"
        self.source.mkdir()

    def put(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(text, "utf-8")

    def go(self, executor: Executor | None = None, task: Task = Upper()) -> dict[str, Outcome]:
        with executor or ThreadPoolExecutor(2) as pool:
            plan = planned(self.source, (self.out,), task)
            return {one.relative: one for one in carried_out(plan, partial(run, executor=pool))}

    def written(self) -> dict[str, str]:
        """Every file below the output folder but the lock and the manifest."""
        return {
            path.relative_to(self.out).as_posix(): path.read_text("utf-8")
            for path in self.out.rglob("*")
            if path.is_file() and path.name not in ("lock", "manifest.jsonl")
        }

    def lines(self) -> list[str]:
        """The paths of the manifest's lines, in order."""
        log = (self.out / ".luoshi/manifest.jsonl").read_text("utf-8")
        return [json.loads(line)["path"] for line in log.splitlines()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def states(outcomes: Mapping[str, Outcome]) -> dict[str, str]:
    return {
        name: one.state
        if one.error is None
        else getattr(one.error, "code", type(one.error).__name__)
        for name, one in outcomes.items()
    }


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_does_every_file_once_and_keeps_the_paths(
    place: Place, pool: type[Executor]
) -> None:
    files = {f"{number % 7}/{number}.txt": f"text {number}" for number in range(150)}
    place.put(files)
    outcomes = place.go(pool(2))  # type: ignore[call-arg]
    assert states(outcomes) == dict.fromkeys(files, "done")
    assert place.written() == {name: text.upper() for name, text in files.items()}
    assert sorted(place.lines()) == sorted(files)


def test_what_is_done_is_not_done_again_and_a_changed_input_is(place: Place) -> None:
    place.put({"a.txt": "first", "b.txt": "second"})
    place.go()
    place.put({"b.txt": "sEcond", "c.txt": "third"})
    assert states(place.go()) == {"a.txt": "unchanged", "b.txt": "done", "c.txt": "done"}
    place.put({"b.txt": "other"})
    (place.out / "a.txt").unlink()
    assert states(place.go()) == {"a.txt": "done", "b.txt": "done", "c.txt": "unchanged"}
    assert place.written() == {"a.txt": "FIRST", "b.txt": "OTHER", "c.txt": "THIRD"}


def test_an_output_takes_its_name_whole_and_is_never_written_in_place(place: Place) -> None:
    place.put({"a.txt": "first"})
    place.go()
    opened_before = place.out.parent / "reader"
    os.link(place.out / "a.txt", opened_before)
    place.put({"a.txt": "second"})
    place.go()
    assert (place.out / "a.txt").read_text("utf-8") == "SECOND"
    assert opened_before.read_text("utf-8") == "FIRST"


def test_another_task_or_another_engine_does_everything_again(place: Place) -> None:
    place.put({"a.txt": "text"})
    place.go()
    assert states(place.go(task=Upper("!"))) == {"a.txt": "done"}
    assert place.written() == {"a.txt": "TEXT!"}
    log = place.out / ".luoshi/manifest.jsonl"
    values = json.loads(log.read_text("utf-8").splitlines()[-1])
    log.write_text(json.dumps({**values, "engine": "older"}) + "\n", "utf-8")
    assert states(place.go(task=Upper("!"))) == {"a.txt": "done"}


def test_one_bad_file_stops_no_other_and_leaves_nothing_behind(place: Place) -> None:
    place.put({"a.txt": "invalid", "b.txt": "bug", "c.txt": "good", "d.txt": "touch me"})
    (place.source / "e.txt").symlink_to("/proc/self/mem")  # opens, and cannot be read
    (place.source / "f.txt").write_bytes(b"\xff\xfe")
    assert states(place.go()) == {
        "a.txt": "not_text",
        "b.txt": "task_crashed",
        "c.txt": "done",
        "d.txt": "input_changed",
        "e.txt": "OSError",
        "f.txt": "task_crashed",
    }
    assert place.written() == {"c.txt": "GOOD"}


def test_what_somebody_else_wrote_is_never_overwritten(place: Place) -> None:
    place.put({"a.txt": "text", "b.txt": "text", "c.txt": "text", "d/e.txt": "text"})
    place.out.mkdir()
    (place.out / "a.txt").write_text("a treasure", "utf-8")
    (place.out / "b.txt").mkdir()
    (place.out / "c.txt").write_text("TEXT", "utf-8")
    (place.out / "d").write_text("no folder", "utf-8")
    found = states(place.go())
    assert found["a.txt"] == found["b.txt"] == "output_taken"
    assert found["c.txt"] == "done", "the same bytes, as a killed run leaves them"
    assert found["d/e.txt"] in ("FileExistsError", "NotADirectoryError")
    assert place.written() == {"a.txt": "a treasure", "c.txt": "TEXT", "d": "no folder"}


def test_an_output_that_a_person_edited_is_kept(place: Place) -> None:
    place.put({"a.txt": "text"})
    place.go()
    (place.out / "a.txt").write_text("TEXT, corrected", "utf-8")
    assert states(place.go()) == {"a.txt": "output_taken"}
    place.put({"a.txt": "text two"})
    assert states(place.go()) == {"a.txt": "output_taken"}
    assert place.written() == {"a.txt": "TEXT, corrected"}


def test_two_inputs_of_one_output_are_refused_before_anything_is_written(place: Place) -> None:
    place.put({"one.txt": "x", "two.txt": "x"})
    with pytest.raises(Invalid) as refused:
        place.go()
    assert (refused.value.code, refused.value.values) == ("names_meet", {"names": "two.txt"})
    assert not place.out.exists()


def test_an_empty_folder_is_refused(place: Place) -> None:
    with pytest.raises(Invalid) as refused:
        place.go()
    assert refused.value.code == "folder_empty"


def test_broken_off_it_goes_on_where_it_stopped(place: Place) -> None:
    files = {f"{number}.txt": f"text {number}" for number in range(40)}
    place.put(files)
    plan = planned(place.source, (place.out,), Upper())
    with ThreadPoolExecutor(2) as pool:
        outcomes = carried_out(plan, partial(run, executor=pool, ahead=4))
        for _ in range(10):
            next(outcomes)
        outcomes.close()
    assert len(place.lines()) == 10
    again = states(place.go())
    assert list(again.values()).count("unchanged") == 10
    assert sorted(place.lines()) == sorted(files)
    assert place.written() == {name: text.upper() for name, text in files.items()}


def test_a_worker_of_another_version_writes_nothing(place: Place) -> None:
    place.put({"a.txt": "text"})
    plan = planned(place.source, (place.out,), Upper())

    def through(jobs: Iterable[Job]) -> Iterator[Outcome]:
        with ThreadPoolExecutor(1) as pool:
            yield from run((replace(job, engine="newer") for job in jobs), pool)

    (outcome,) = carried_out(plan, through)
    assert states({"a.txt": outcome}) == {"a.txt": "engine_differs"}
    assert place.written() == {}


def test_an_executor_that_breaks_says_which_files_were_with_it(place: Place) -> None:
    place.put({"a.txt": "kill"})
    with pytest.raises(Died) as died:
        place.go(ProcessPoolExecutor(1))
    assert [job.relative for job in died.value.jobs] == ["a.txt"]


def test_a_file_that_kills_its_process_fails_alone(place: Place) -> None:
    files = {f"{number:02}.txt": f"text {number}" for number in range(30)}
    place.put({**files, "11.txt": "kill", "12.txt": "kill"})
    plan = planned(place.source, (place.out,), Upper())
    pool = partial(ProcessPoolExecutor, mp_context=multiprocessing.get_context("fork"))
    outcomes = list(carried_out(plan, partial(run_in_pools, pool=pool, workers=2)))
    found = states({one.relative: one for one in outcomes})
    assert len(outcomes) == len(files)
    assert found == {
        **dict.fromkeys(files, "done"),
        "11.txt": "worker_died",
        "12.txt": "worker_died",
    }
    assert len(place.written()) == len(files) - 2
    assert len(place.lines()) == len(files) - 2


def test_killed_at_any_moment_no_file_is_lost_and_none_is_there_by_half(place: Place) -> None:
    files = {f"{number}.txt": f"text {number} " * 2_000 for number in range(60)}
    place.put(files)
    context = multiprocessing.get_context("fork")
    for seed in range(6):
        child = context.Process(target=place.go)
        child.start()
        child.join(random.Random(seed).uniform(0.005, 0.05))
        child.kill()
        child.join()
        for name, text in place.written().items():
            assert name.startswith(".luoshi/parts/") or text == files[name].upper()
    place.go()
    assert sorted(place.lines()) == sorted(files)
    assert place.written() == {name: text.upper() for name, text in files.items()}
