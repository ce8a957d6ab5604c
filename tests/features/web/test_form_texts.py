"""The texts that the libraries say at our forms are in the reader's language."""

import pytest

TOO_LONG = {"vi": "Tối đa 120 ký tự.", "ja": "120文字以内で入力してください。", "ko": "120자 이하로 입력해 주십시오."}
WRONG = {"vi": "Đăng nhập không thành công", "ja": "ログインできません", "ko": "로그인할 수 없습니다"}


@pytest.mark.parametrize("language", ["vi", "ja", "ko"])
def test_a_check_of_the_form_library_speaks_the_readers_language(sqlite_world, language):
    sqlite_world.make_fair()
    client = sqlite_world.visitor()
    client.set_cookie("language", language)

    answer = client.post("/SIE27/register/", data={"full_name": "a" * 121})

    assert answer.status_code == 422
    assert TOO_LONG[language] in answer.text


@pytest.mark.parametrize("language", ["vi", "ja", "ko"])
def test_a_message_of_sign_in_speaks_the_readers_language(sqlite_world, language):
    client = sqlite_world.visitor()
    client.set_cookie("language", language)

    answer = client.post("/account/sign-in", data={"email": "somebody@mail.example", "password": "wrong"})

    assert WRONG[language] in answer.text
