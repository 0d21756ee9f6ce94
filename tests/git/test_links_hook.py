"""`vaultkit hook links`, and `links:` and `relink:` of the installed hook."""

import datetime as dt

import pytest

from vaultkit.git.install import install
from vaultkit.git.links import hook_links

TODAY = dt.date(2026, 3, 1)
RULES = "lint:\n  select: [links-resolve, embeds-resolve, fences-closed]\n"


@pytest.fixture
def linked(vault):
    """A vault with one commit, in which one note links to another and shows a picture."""
    vault.stage("vaultkit.yaml", RULES)
    vault.stage("Days/a.md", "To [[Days/b]], with ![[c.png]].\n")
    vault.stage("Days/b.md", "Rain, and nothing but rain, from dawn to dusk.\n")
    vault.stage("c.png", b"\1\2\3")
    vault.commit()
    return vault


@pytest.mark.parametrize(("path", "told"), [("Days/b.md", "[[Days/b]]"), ("c.png", "c.png")])
def test_what_a_deletion_breaks(linked, path, told):
    linked.git("rm", "-q", path)
    code, said = hook_links(linked.top, TODAY)
    assert code == 1
    assert said.startswith("Days/a.md:1:")
    assert told in said


def test_only_links_are_told(linked):
    linked.stage("d.md", "[[no/where]]\n\n```\nno end\n")
    code, said = hook_links(linked.top, TODAY)
    assert code == 1
    assert "d.md:1:1 links-resolve" in said
    assert "fences-closed" not in said
    linked.stage("d.md", "```\nno end\n")
    assert hook_links(linked.top, TODAY) == (0, "")


def test_nothing_staged(linked):
    assert hook_links(linked.top, TODAY) == (0, "")


@pytest.mark.parametrize(
    ("switched", "refused"),
    [("", True), ("links: false", False), ("lint: false", True), ("lint: false, links: false", False)],
)
def test_in_the_installed_hook(linked, switched, refused):
    linked.stage("vaultkit.yaml", f"{RULES}hooks: {{{switched}}}\n")
    linked.commit()
    install(linked.top)
    linked.git("rm", "-q", "Days/b.md")
    assert (linked.commit().returncode != 0) == refused


def test_a_renamed_note_takes_its_links_along(linked):
    install(linked.top)
    linked.git("mv", "Days/b.md", "Days/rain.md")
    done = linked.commit()
    assert done.returncode == 1
    assert "commit again" in done.stdout + done.stderr
    assert (linked.top / "Days/a.md").read_text() == "To [[rain]], with ![[c.png]].\n"
    assert linked.commit().returncode == 0


def test_or_at_once(linked):
    linked.stage("vaultkit.yaml", f"{RULES}hooks: {{restage: true}}\n")
    linked.commit()
    install(linked.top)
    linked.git("mv", "Days/b.md", "Days/rain.md")
    assert linked.commit().returncode == 0
    assert linked.git("show", "HEAD:Days/a.md").stdout == "To [[rain]], with ![[c.png]].\n"
    assert linked.git("status", "--porcelain").stdout == ""


def test_or_not_at_all(linked):
    linked.stage("vaultkit.yaml", f"{RULES}hooks: {{relink: false}}\n")
    linked.commit()
    install(linked.top)
    linked.git("mv", "Days/b.md", "Days/rain.md")
    done = linked.commit()
    assert done.returncode == 1
    assert "Days/a.md:1:4 links-resolve" in done.stdout + done.stderr


def test_fix_is_asked_for(linked):
    linked.stage("vaultkit.yaml", "lint:\n  select: [line-ends-consistent]\nhooks: {fix: true, restage: true}\n")
    install(linked.top)
    linked.stage("d.md", "one\r\ntwo\r\nthree\nfour\r\n")
    done = linked.commit()
    assert done.returncode == 0, done.stderr
    assert linked.git("show", "HEAD:d.md").stdout.count("\r\n") in (0, 4)
