"""`python -m bot coach evaluate PATH`: figures on labelled texts, files found by how their names begin."""

from pathlib import Path

import pytest

from bot.cli import corpus
from bot.cli.evaluate import evaluate
from bot.cli.inputs import BadInput
from bot.cli.measures import Score, auc, share
from bot.coaching.findings import Coach
from bot.wording.files import Folders
from bot.wording.phrases import load_coach

TWO = """source\thard_line\tcompromise\tposition\tsees_other\tsentence
x\ty\tn\tn\tn\tTake it or leave it.
x\tn\ty\tn\tn\tLet's meet in the middle.
x\tn\tn\ty\tn\tI'll "give" you 95 for it.
x\ty\tn\tn\tn\tA quiet sentence that is labelled a threat.
x\t?\tn\tn\tn\tI will go no higher.
"""
ONE = """source\tlabels\tsentence
x\tthreat demand?\tSign or we are leaving the table.
x\twalkaway?\tOther shops are cheaper.
x\tneutral\tHow are you?
x\tneutral\tWe split the difference.
"""
OFFERS = 'message,condition\n"My final offer.\nIt is 95, take it or leave it.",0.0\n"Would you, please, take 95?",1.0\n'
TRIPLES = """repeats_my_win\tmy_win\ttheir_win\tshared_win
1\tA 12% raise\tA calm budget\tBoth sides win, because I get my 12% raise
0\tA 12% raise\tA calm budget\tI take over vendor talks, so you save more than my raise costs
"""
CASINO = "Take it or leave it.\nHow are you?\n\nWe can meet in the middle.\nFine.\n"


@pytest.fixture(scope="module")
def coach() -> Coach:
    return load_coach(Folders())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("two_annotators_kept.tsv", TWO),
        ("sentences_kept.tsv", ONE),
        ("phone_offers_kept.csv", OFFERS),
        ("shared_win_pairs_kept.tsv", TRIPLES),
        ("casino_kept.txt", CASINO),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


class TestCorpus:
    def test_doubtful_labels_are_left_out(self, folder: Path) -> None:
        sentences = corpus.two_annotators(folder)

        assert sentences[0].labels == {"hard_line": True, "compromise": False, "position": False}
        assert "hard_line" not in sentences[4].labels

    def test_a_quotation_mark_is_a_letter(self, folder: Path) -> None:
        assert corpus.two_annotators(folder)[2].text == 'I\'ll "give" you 95 for it.'

    def test_one_annotators_labels(self, folder: Path) -> None:
        first, second, *_ = corpus.one_annotator(folder)

        assert first.labels == {"hard_line": True, "compromise": False}
        assert "hard_line" not in second.labels

    def test_offers_may_run_over_lines(self, folder: Path) -> None:
        assert [(offer.warm, offer.text.count("\n")) for offer in corpus.offers(folder)] == [(False, 1), (True, 0)]

    def test_blank_lines_are_no_utterances(self, folder: Path) -> None:
        assert len(corpus.utterances(folder)) == 4

    def test_halves_are_read_together(self, folder: Path) -> None:
        (folder / "casino_more.txt").write_text("Hello.", encoding="utf-8")

        assert len(corpus.utterances(folder)) == 5

    def test_a_column_that_is_missing(self, folder: Path) -> None:
        (folder / "sentences_kept.tsv").write_text("source\tsentence\nx\thello\n", encoding="utf-8")

        with pytest.raises(BadInput, match=r"sentences_kept\.tsv, line 2: no column labels"):
            corpus.one_annotator(folder)

    def test_bytes_that_are_no_text(self, folder: Path) -> None:
        (folder / "casino_kept.txt").write_bytes(b"one\n\xff")

        with pytest.raises(BadInput, match=r"casino_kept\.txt, line 2: not UTF-8"):
            corpus.utterances(folder)


class TestMeasures:
    def test_precision_and_recall(self) -> None:
        score = Score.of([("a", True, True), ("b", True, False), ("c", False, True), ("d", False, False)])

        assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
        assert (score.false, score.missed, score.total) == (("c",), ("b",), 4)

    def test_nothing_to_divide_by(self) -> None:
        score = Score.of([])

        assert (score.precision, score.recall, score.f1, share([]), auc([], [1])) == (0, 0, 0, 0, 0)

    @pytest.mark.parametrize(
        ("positive", "negative", "area"),
        [([2, 3], [0, 1], 1.0), ([0], [1], 0.0), ([1, 1], [1], 0.5), ([3, 0], [1], 0.5)],
    )
    def test_the_area_under_the_curve(self, positive: list[float], negative: list[float], area: float) -> None:
        assert auc(positive, negative) == area


class TestTable:
    def test_every_figure_has_its_row(self, coach: Coach, folder: Path) -> None:
        table = "\n".join(evaluate(coach, folder))

        for row in ("two annotators", "one annotator", "alarms on 4 CaSiNo lines", "tough", "warm", "AUC", "time per"):
            assert row in table

    def test_rows_hold_the_counts(self, coach: Coach, folder: Path) -> None:
        rows = [line.split() for line in evaluate(coach, folder)]

        assert ["hard_line", "1.00", "0.50", "0.67", "1", "0", "1", "4", "0.85", "/", "0.75"] in rows
        assert ["hard_line", "25.00%", "1", "goal:", "at", "most", "0.3%"] in rows
        assert ["tough", "100.0%", "1", "of", "1", "goal:", "at", "least", "15.0%"] in rows
        assert ["AUC", "1.000", "goal:", "at", "least", "0.85"] in rows

    def test_the_wrong_ones_are_listed(self, coach: Coach, folder: Path) -> None:
        table = list(evaluate(coach, folder))

        assert "  hard_line, missed: A quiet sentence that is labelled a threat." in table
        assert "  compromise, false alarm: We split the difference." in table

    def test_what_is_not_there_is_left_out(self, coach: Coach, folder: Path) -> None:
        for path in folder.glob("[!c]*"):
            path.unlink()

        assert not any("AUC" in line or "annotator" in line for line in evaluate(coach, folder))

    def test_a_folder_with_nothing_to_measure(self, coach: Coach, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="none of the labelled texts"):
            list(evaluate(coach, tmp_path))

    def test_no_folder(self, coach: Coach, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="no such folder"):
            list(evaluate(coach, tmp_path / "none"))
