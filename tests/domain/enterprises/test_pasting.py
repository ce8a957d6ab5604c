import pytest

from fairapp.enterprises.pasting import Fault, MachineData, PasteRefused, read_machines

YEAR = 2027


def test_cells_of_a_spreadsheet_become_machines():
    good, bad = read_machines("Máy tiện CNC\tMazak\tQT-200\t2019\t3\tØ350\nMáy phay\t\t\t\t\t", this_year=YEAR)

    assert bad == []
    assert good == [
        MachineData(kind="Máy tiện CNC", maker="Mazak", model="QT-200", year=2019, quantity=3, key_size="Ø350"),
        MachineData(kind="Máy phay"),
    ]


@pytest.mark.parametrize("head", ["Loại máy\tHãng", "Type\tMaker", "機械\tメーカー"])
def test_a_row_of_heads_is_passed_over(head):
    good, _ = read_machines(f"{head}\nEDM\tSodick", this_year=YEAR)

    assert [one.kind for one in good] == ["EDM"]


@pytest.mark.parametrize("text", ["EDM;Sodick;AQ;2015;2;400", "EDM,Sodick,AQ,2015.0,2.0,400"])
def test_csv_is_read_too(text):
    [machine], _ = read_machines(text, this_year=YEAR)

    assert (machine.maker, machine.year, machine.quantity) == ("Sodick", 2015, 2)


def test_a_bad_row_is_named_with_all_its_faults():
    good, [bad] = read_machines("EDM\n\tMazak\tX\t2099\t0\t1\tmore", this_year=YEAR)

    assert len(good) == 1
    assert bad.number == 2
    assert set(bad.faults) == {Fault.NO_KIND, Fault.YEAR, Fault.QUANTITY, Fault.TOO_MANY_CELLS}


def test_a_long_cell_is_refused():
    _, [bad] = read_machines("x" * 121, this_year=YEAR)

    assert bad.faults == (Fault.TOO_LONG,)


@pytest.mark.parametrize("text", ["", " \n\t\n", "Type\tMaker", "\n".join(["EDM"] * 201)])
def test_nothing_or_too_much_is_refused(text):
    with pytest.raises(PasteRefused):
        read_machines(text, this_year=YEAR)
