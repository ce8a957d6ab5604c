"""A toast says what was done and carries the way back."""

from fairapp.web.toasts import Toast, Undo, pack, unpack


def test_a_toast_comes_back_as_it_was_packed():
    undo = Undo(url="/SIE27/organizer/booths/A101/allocate", values={"exhibitor": "x"})

    assert unpack([("success", pack("Booth A101 is free again.", undo))]) == [
        Toast(text="Booth A101 is free again.", undo=undo)
    ]


def test_what_libraries_flash_is_shown_as_text():
    assert unpack([("error", "Invalid password"), ("message", pack("Saved.", None))]) == [
        Toast(text="Invalid password", bad=True),
        Toast(text="Saved."),
    ]
