using System;
using System.Collections.Generic;
using System.Net;
using System.Text;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Writes elements, attributes and text; text and attributes are always encoded, so that no name can be markup.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();
    private int _lastId;

    public HtmlWriter(Words words) => Words = words;

    /// <summary>What the page says, in its language.</summary>
    public Words Words { get; }

    /// <summary>Begins an element; disposing ends it.</summary>
    public IDisposable Open(string name, params (string Name, string? Value)[] attributes)
    {
        Begin(name, attributes);
        _ = _html.Append('>');
        return new Element(this, name);
    }

    /// <summary>An element with text in it.</summary>
    public void Write(string name, string? text, params (string Name, string? Value)[] attributes)
    {
        using (Open(name, attributes))
        {
            Text(text);
        }
    }

    /// <summary>An element in the middle of a sentence, with text in it; no white space is added.</summary>
    public void Inline(string name, string? text, params (string Name, string? Value)[] attributes)
    {
        Begin(name, attributes);
        _ = _html.Append('>').Append(Encode(text)).Append("</").Append(name).Append('>');
    }

    /// <summary>An element that has no content.</summary>
    public void Empty(string name, params (string Name, string? Value)[] attributes)
    {
        Begin(name, attributes);
        _ = _html.Append('>');
    }

    public void Text(string? text) => _ = _html.Append(Encode(text));

    /// <summary>Markup of our own: never anything that was read.</summary>
    public void Raw(string markup) => _ = _html.Append(markup);

    /// <summary>An id no other element has.</summary>
    public string NewId() => $"i{++_lastId}";

    public override string ToString() => _html.ToString();

    private void Begin(string name, IEnumerable<(string Name, string? Value)> attributes)
    {
        _ = _html.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                _ = _html.Append(' ').Append(attribute).Append("=\"").Append(Encode(value)).Append('"');
            }
        }
    }

    // Control characters are an error in HTML; a browser may drop them, and bring together what they kept apart.
    private static string Encode(string? text)
    {
        var visible = new StringBuilder(text);
        for (var i = 0; i < visible.Length; i++)
        {
            if (char.IsControl(visible[i]) && visible[i] is not ('\n' or '\t'))
            {
                visible[i] = '\uFFFD';
            }
        }

        return WebUtility.HtmlEncode(visible.ToString());
    }

    private sealed class Element : IDisposable
    {
        private readonly HtmlWriter _writer;
        private readonly string _name;

        public Element(HtmlWriter writer, string name)
        {
            _writer = writer;
            _name = name;
        }

        public void Dispose()
        {
            // In preformatted text a line break would be seen.
            _ = _writer._html.Append("</").Append(_name).Append(_name == "code" ? ">" : ">\n");
        }
    }
}
