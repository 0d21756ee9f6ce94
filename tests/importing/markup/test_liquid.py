"""Liquid with a plain meaning is resolved; the rest stays and is named with its line."""

from __future__ import annotations

import pytest

from vaultkit.importing.markup.liquid import resolve_liquid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[a]({% post_url 2024-01-24-tea %})", "[a](/_posts/2024-01-24-tea.md)", id="post_url"),
        pytest.param(
            "{%- post_url blog/2024-01-24-tea -%}", "/_posts/blog/2024-01-24-tea.md", id="post_url in a folder"
        ),
        pytest.param("{% link _posts/a.md %}", "/_posts/a.md", id="link"),
        pytest.param("{{ site.baseurl }}{% link a.md %}", "/a.md", id="link behind the base address"),
        pytest.param("![x]({{ site.baseurl }}/a.png)", "![x](/log/a.png)", id="baseurl"),
        pytest.param("{{site.url}}{{ site.baseurl }}/a", "https://example.org/log/a", id="url and baseurl"),
        pytest.param("{{ '/a.png' | relative_url }}", "/log/a.png", id="relative_url"),
        pytest.param('{{ "a.png" | absolute_url }}', "https://example.org/log/a.png", id="absolute_url"),
        pytest.param("{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}", id="raw"),
        pytest.param("{% highlight py linenos %}\nx = 1\n{% endhighlight %}", "```py\nx = 1\n```", id="highlight"),
        pytest.param("{% highlight %}\n```\n{% endhighlight %}", "````\n```\n````", id="highlight around a fence"),
        pytest.param("  {% highlight c %}\n  x\n  {% endhighlight %}", "  ```c\n  x\n  ```", id="highlight in a list"),
        pytest.param("{% comment %}later{% endcomment %}", "<!-- later -->", id="comment"),
    ],
)
def test_resolved(text: str, expected: str) -> None:
    done = resolve_liquid(text, "https://example.org", "/log")
    assert done.text == expected
    assert done.left == ()
    assert done.resolved


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`{% raw %}x{% endraw %}`", id="code"),
        pytest.param("```\n{{ site.baseurl }}\n```", id="fence"),
        pytest.param("$$\n\\frac{{a}}{b}\n$$", id="math"),
        pytest.param("<!-- {% include x %} -->", id="HTML comment"),
        pytest.param("{single} and {} and { { x } }", id="braces"),
    ],
)
def test_protected_and_plain_text_stays_unreported(text: str) -> None:
    done = resolve_liquid(text)
    assert (done.text, done.left) == (text, ())


def test_unknown_tags_stay_and_are_named_with_their_line() -> None:
    text = "a\n{% include x.html %}\n\n{{ page.title }} {% raw %} {% raw %}"
    done = resolve_liquid(text)
    assert done.text == text
    assert done.left == ((2, "{% include x.html %}"), (4, "{{ page.title }}"), (4, "{% raw %}"), (4, "{% raw %}"))
