using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CspMigration.HelpBuilder.Markdown;
using Markdig.Syntax;

namespace CspMigration.HelpBuilder.Output;

/// <summary>Writes an about topic as plain text of 80 columns, under the headings Get-Help looks for.</summary>
internal sealed class AboutWriter
{
    private const string SummaryTitle = "Short description";

    private readonly StringBuilder _text = new();
    private readonly Page _page;
    private readonly Problems _problems;

    private AboutWriter(Page page, Problems problems)
    {
        _page = page;
        _problems = problems;
    }

    public static void Write(string path, Page page, Problems problems)
    {
        if (page.Title.Sections.FirstOrDefault()?.Title != SummaryTitle)
        {
            problems.Add(page.File, page.Title.Line, $"The first section of an about topic is \"{SummaryTitle}\".");
            return;
        }

        // Get-Help lists a topic with the first line below that heading.
        if (page.Title.Sections[0].Paragraphs is not [{ Length: <= ConsoleText.Width }])
        {
            problems.Add(page.File, page.Title.Sections[0].Line, $"The short description is one line of at most {ConsoleText.Width} characters.");
        }

        File.WriteAllText(path, new AboutWriter(page, problems).Write());
    }

    private string Write()
    {
        Heading("TOPIC", 0);
        Lines([_page.Name]);
        foreach (var section in _page.Title.Sections)
        {
            Heading(section.Title.ToUpperInvariant(), 0);
            Blocks(section.Blocks);
            foreach (var part in section.Sections)
            {
                Heading(part.Title, 2);
                Blocks(part.Blocks);
            }
        }

        return _text.ToString().TrimEnd() + "\n";
    }

    private void Heading(string title, int indent)
    {
        _ = _text.Append(' ', indent).Append(title).Append('\n');
    }

    private void Blocks(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            IEnumerable<string> lines = block switch
            {
                CodeBlock code => Code(code),
                ListBlock => PlainText.Of([block]).SelectMany(item => Wrap(item, ConsoleText.Width - 2).Select((line, number) => number == 0 ? line : $"  {line}")),
                _ => PlainText.Of([block]).SelectMany(text => Wrap(text, ConsoleText.Width)),
            };
            Lines(lines);
        }
    }

    private string[] Code(CodeBlock code)
    {
        var lines = PlainText.Of(code).Split('\n');
        if (lines.Any(line => line.Length > ConsoleText.Width))
        {
            _problems.Add(_page.File, code.Line + 1, $"Code in an about topic has at most {ConsoleText.Width} columns.");
        }

        return lines;
    }

    private void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _ = _text.Append($"    {line}".TrimEnd()).Append('\n');
        }

        _ = _text.Append('\n');
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                _ = line.Clear();
            }

            _ = line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        yield return line.ToString();
    }
}
