"""Keys are kept for their user alone and put back where the machine looks for them; others are set aside."""

import stat

import pytest

from sgoffice.running import key_files, sealing


@pytest.fixture
def kept(settings, tmp_path):
    settings.SECRET_KEY, settings.CHECKPOINT_KEY = "the secret", str(tmp_path / "old" / "checkpoint.pem")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "checkpoint.pem").write_text("the pem")
    file = tmp_path / "keys"
    assert key_files.keep(file) == ["secret_key", "checkpoint_key"]
    return file


def test_keys_come_back_for_their_user_alone(kept, settings, tmp_path):
    settings.CHECKPOINT_KEY = str(tmp_path / "new" / "checkpoint.pem")

    key_files.put_back(kept, tmp_path / "new")

    found = {path.name: path.read_text() for path in (tmp_path / "new").iterdir()}
    assert found == {"secret_key": "the secret", "checkpoint.pem": "the pem"}
    for place in (kept, *(tmp_path / "new").iterdir()):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_another_key_is_set_aside_and_not_lost(kept, tmp_path):
    (tmp_path / "secret_key").write_text("made by the first command")

    key_files.put_back(kept, tmp_path)

    assert (tmp_path / "secret_key").read_text() == "the secret"
    [aside] = tmp_path.glob("secret_key.replaced-*")
    assert aside.read_text() == "made by the first command"


def test_keys_are_never_overwritten_and_nonsense_is_refused(kept, tmp_path):
    with pytest.raises(key_files.KeysNotKept, match="cannot be written"):
        key_files.keep(kept)
    kept.write_text("nonsense")
    with pytest.raises(key_files.KeysNotKept, match="cannot be read as keys"):
        key_files.put_back(kept, tmp_path)


def test_encrypted_keys_come_back_with_their_private_key_alone(kept, tmp_path, monkeypatch):
    public = sealing.make_identity(tmp_path / "own")
    sealing.make_identity(tmp_path / "another")
    monkeypatch.setenv("SGOFFICE_BACKUP_RECIPIENTS", public)
    file = tmp_path / "sealed"
    key_files.keep(file)

    assert b"the secret" not in file.read_bytes()
    for given in (None, tmp_path / "another"):
        with pytest.raises(key_files.KeysNotKept):
            key_files.put_back(file, tmp_path / "new", given)
    assert not (tmp_path / "new").exists()
    key_files.put_back(file, tmp_path / "new", tmp_path / "own")
    assert (tmp_path / "new" / "secret_key").read_text() == "the secret"
