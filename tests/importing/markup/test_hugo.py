"""Hugo's shortcodes become what they stand for."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.markup.hugo import resolve_shortcodes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('[x]({{< ref "/posts/y.md" >}})', "[x](/posts/y.md)", id="ref"),
        pytest.param('[x]({{% relref "y.md#part" %}})', "[x](y.md#part)", id="relref"),
        pytest.param("[x]({{<ref posts/y.md>}})", "[x](posts/y.md)", id="no quotes"),
        pytest.param('[x]({{< ref path="y.md" lang="ja" >}})', "[x](y.md)", id="named"),
        pytest.param('{{< figure src="a.png" alt="海" >}}', '<img src="a.png" alt="海">', id="figure"),
        pytest.param(
            '{{< figure src="a.png" link="/b/" caption="The *sea* > land" />}}',
            '<a href="/b/"><img src="a.png"></a>\n\nThe *sea* > land',
            id="figure with a caption",
        ),
        pytest.param("{{< highlight go >}}\nx\n{{< /highlight >}}", "```go\nx\n```", id="highlight"),
        pytest.param("a {{< highlight c >}}```{{< /highlight >}}", "a \n````c\n```\n````", id="highlight in a line"),
    ],
)
def test_resolved(text: str, expected: str) -> None:
    assert resolve_shortcodes(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{< youtube abc >}}", id="unknown"),
        pytest.param("{{</* ref x */>}}", id="shown, not run"),
        pytest.param('`{{< ref "x" >}}`', id="code"),
        pytest.param('```\n{{< ref "x" >}}\n```', id="fence"),
        pytest.param("{{< highlight go >}}\nno end", id="no end"),
        pytest.param("{{< figure >}} {{< ref >}}", id="nothing in it"),
        pytest.param("{{ .Title }} {% raw %}", id="other templates"),
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert resolve_shortcodes(text).text == text


@pytest.mark.parametrize("piece", ["{{< ref ", '{{< ref "', "{{< a=", "{{< highlight x >}}", '{{< figure src="x" >}}'])
def test_a_megabyte_is_read_in_time(piece: str) -> None:
    with not_hanging():
        resolve_shortcodes(piece * (1_000_000 // len(piece)))
