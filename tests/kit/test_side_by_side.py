"""Pieces of work are done some at a time, and nobody can tell from the results."""

import threading

import numpy as np
import pytest

from tenure.kit.side_by_side import side_by_side


def test_results_come_in_the_order_of_the_pieces_whoever_is_done_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    later = threading.Event()

    def work(piece: int) -> int:
        if piece == 0:
            assert later.wait(30), "the second piece is worked on while the first one is"
        later.set()
        return piece * piece

    assert side_by_side(work, range(5)) == [0, 1, 4, 9, 16]


def test_a_failure_in_a_piece_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda piece: 1 // piece, [1, 0])


def test_how_numpy_takes_divisions_by_zero_holds_in_every_thread() -> None:
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        side_by_side(lambda piece: np.ones(1) / piece, [np.zeros(1)])
