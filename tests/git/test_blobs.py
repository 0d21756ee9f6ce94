import pytest

from vaultkit.git.blob_notes import BlobNotes
from vaultkit.git.blobs import Blobs
from vaultkit.git.plumbing import GitError, Repository
from vaultkit.git.tracked import tracked_files


@pytest.fixture
def ids(repo):
    """Blob ids by name: odd contents that a reader by lines would stumble over."""
    texts = {"none.md": b"", "no end.md": b"# A", "ends.md": b"\n\n\n", "raw.md": bytes(range(256)) * 4000}
    for name, text in texts.items():
        repo.stage(name, text)
    return {name: (file.blob, texts[name]) for name, file in tracked_files(Repository(repo.top)).items()}


def test_every_blob_comes_back_whole_in_any_order(repo, ids):
    with Blobs(Repository(repo.top)) as blobs:
        for blob, text in [*ids.values(), *reversed(ids.values())]:
            assert blobs.read(blob) == text


def test_a_blob_that_is_gone_is_told_and_the_next_is_read(repo, ids):
    with Blobs(Repository(repo.top)) as blobs:
        with pytest.raises(GitError, match="git fsck"):
            blobs.read("0" * 39 + "1")
        blob, text = ids["no end.md"]
        assert blobs.read(blob) == text


def test_notes_are_read_only_when_asked_for(repo, ids):
    with Blobs(Repository(repo.top)) as blobs:
        notes = BlobNotes(blobs, {"here.md": ids["no end.md"][0], "broken.md": "0" * 40})
        assert len(notes) == 2
        assert "broken.md" in notes
        assert list(notes) == ["here.md", "broken.md"]
        assert notes["here.md"].headings[0].text == "A"
        assert notes["here.md"] is notes["here.md"]
        with pytest.raises(GitError):
            notes["broken.md"]
        assert notes.get("absent.md") is None
