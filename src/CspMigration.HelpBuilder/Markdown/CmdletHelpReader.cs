using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CspMigration.HelpBuilder.Cmdlets;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>Reads the pages of the cmdlets. What is missing, unknown or not in the shape becomes a problem.</summary>
internal sealed class CmdletHelpReader
{
    /// <summary>What the words on pipeline input are headed with where objects bind by the names of their properties.</summary>
    private const string ByPropertyName = "Objects with the same property names";
    private const string None = "None";
    private const int FewestExamples = 2;

    private static readonly string[] SectionTitles = ["Synopsis", "Description", "Parameters", "Examples", "Inputs", "Outputs", "Errors", "Links"];

    private readonly Page _page;
    private readonly Cmdlet _cmdlet;
    private readonly Problems _problems;

    private CmdletHelpReader(Page page, Cmdlet cmdlet, Problems problems)
    {
        _page = page;
        _cmdlet = cmdlet;
        _problems = problems;
    }

    public static IReadOnlyList<CmdletHelp> Read(string folder, IReadOnlyList<Page> pages, IReadOnlyList<Cmdlet> cmdlets, Problems problems)
    {
        var shared = pages.FirstOrDefault(page => page.IsShared);
        var sharedParameters = shared?.Find("Parameters")?.Sections ?? [];
        foreach (var section in sharedParameters.Where(section => !cmdlets.Any(cmdlet => cmdlet.Has(section.Title))))
        {
            problems.Add(shared!.File, section.Line, $"No cmdlet has a parameter {section.Title}.");
        }

        foreach (var page in pages.Where(page => !page.IsShared && !page.IsAboutTopic && !cmdlets.Any(cmdlet => cmdlet.Name == page.Name)))
        {
            problems.Add(page.File, 1, $"There is no cmdlet {page.Name}.");
        }

        var topics = pages.Where(page => !page.IsShared).Select(page => page.Name).ToHashSet(StringComparer.Ordinal);
        var help = new List<CmdletHelp>();
        foreach (var cmdlet in cmdlets)
        {
            if (pages.FirstOrDefault(page => page.Name == cmdlet.Name) is { } page)
            {
                help.Add(new CmdletHelpReader(page, cmdlet, problems).Read(sharedParameters, topics));
            }
            else
            {
                problems.Add(Path.Combine(folder, $"{cmdlet.Name}.md"), 1, $"The cmdlet {cmdlet.Name} has no help.");
            }
        }

        return help;
    }

    private CmdletHelp Read(IReadOnlyList<Section> sharedParameters, HashSet<string> topics)
    {
        if (!_page.Title.Sections.Select(section => section.Title).SequenceEqual(SectionTitles))
        {
            _problems.Add(_page.File, 1, $"The page's sections should be {string.Join(", ", SectionTitles)}, in that order.");
        }

        return new CmdletHelp
        {
            Cmdlet = _cmdlet,
            Synopsis = string.Join(' ', Text("Synopsis")),
            Description = Text("Description"),
            Parameters = Parameters(sharedParameters),
            Examples = Examples(),
            Inputs = Types("Inputs", [.. _cmdlet.PipedTypes, .. _cmdlet.BindsByPropertyName ? [ByPropertyName] : Array.Empty<string>()]),
            Outputs = Types("Outputs", _cmdlet.OutputTypes),
            Errors = Text("Errors"),
            Links = Links(topics),
        };
    }

    private IReadOnlyList<string> Text(string title)
    {
        return _page.Find(title) is { } section ? TextOf(section) : [];
    }

    private IReadOnlyList<string> TextOf(Section section)
    {
        var text = section.Paragraphs;
        if (text.Count == 0)
        {
            _problems.Add(_page.File, section.Line, $"There is no text on {section.Title}.");
        }

        return text;
    }

    private Dictionary<string, IReadOnlyList<string>> Parameters(IReadOnlyList<Section> shared)
    {
        var own = _page.Find("Parameters")?.Sections ?? [];
        foreach (var section in own.Where(section => !_cmdlet.Has(section.Title)))
        {
            _problems.Add(_page.File, section.Line, $"{_cmdlet.Name} has no parameter {section.Title}.");
        }

        var parameters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var parameter in _cmdlet.Parameters)
        {
            var title = $"-{parameter.Name}";
            if (own.Concat(shared).FirstOrDefault(section => section.Title == title) is { } section)
            {
                parameters[parameter.Name] = TextOf(section);
            }
            else
            {
                _problems.Add(_page.File, _page.Find("Parameters")?.Line ?? 1, $"The parameter {title} of {_cmdlet.Name} has no text.");
            }
        }

        return parameters;
    }

    private List<Example> Examples()
    {
        var sections = _page.Find("Examples")?.Sections ?? [];
        if (sections.Count < FewestExamples)
        {
            _problems.Add(_page.File, _page.Find("Examples")?.Line ?? 1, $"{_cmdlet.Name} has {sections.Count} examples; {FewestExamples} are the fewest.");
        }

        return [.. sections.Select(ReadExample)];
    }

    // First what to type, then what is printed, where something is, then words.
    private Example ReadExample(Section section)
    {
        var fences = section.Blocks.OfType<FencedCodeBlock>().ToList();
        if (fences.Count is 0 or > 2 || fences[0].Info != "powershell" || !ReferenceEquals(section.Blocks[0], fences[0]) || (fences.Count == 2 && fences[1].Info != "text"))
        {
            _problems.Add(_page.File, section.Line, $"The example \"{section.Title}\" should be a ```powershell block, then at most one ```text block, then words.");
            return new Example(section.Title, "", Output: null, []);
        }

        var code = PlainText.Of(fences[0]);
        if (code.Split('\n').Any(line => line.Length > ConsoleText.Width))
        {
            _problems.Add(_page.File, fences[0].Line + 1, $"What is typed in an example has at most {ConsoleText.Width} columns.");
        }

        return new Example(
            section.Title,
            code,
            fences.Count == 2 ? PlainText.Of(fences[1]) : null,
            PlainText.Of(section.Blocks.Except(fences)));
    }

    private IReadOnlyList<(string Type, IReadOnlyList<string> Text)> Types(string title, IReadOnlyList<string> expected)
    {
        var sections = _page.Find(title)?.Sections ?? [];
        IReadOnlyList<string> wanted = expected.Count == 0 ? [None] : expected;
        if (!sections.Select(section => section.Title).Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal)))
        {
            _problems.Add(_page.File, _page.Find(title)?.Line ?? 1, $"{title} of {_cmdlet.Name} should have a ### for each of: {string.Join(", ", wanted)}.");
        }

        return [.. sections.Select(section => (section.Title, section.Title == None ? [] : TextOf(section)))];
    }

    private List<(string Text, string? Address)> Links(HashSet<string> topics)
    {
        var links = new List<(string, string?)>();
        foreach (var item in (_page.Find("Links")?.Blocks ?? []).OfType<ListBlock>().SelectMany(list => list).Cast<ListItemBlock>())
        {
            var inline = (item.FirstOrDefault() as ParagraphBlock)?.Inline?.FirstChild;
            if (inline is LinkInline { Url: { } address } link && Uri.IsWellFormedUriString(address, UriKind.Absolute))
            {
                links.Add((PlainText.Of((ContainerInline)link), address));
            }
            else if (inline is CodeInline { Content: var topic } && topics.Contains(topic))
            {
                links.Add((topic, null));
            }
            else
            {
                _problems.Add(_page.File, item.Line + 1, "A link is [words](address), or `a cmdlet or about topic that has a page`.");
            }
        }

        if (links.Count == 0)
        {
            _problems.Add(_page.File, _page.Find("Links")?.Line ?? 1, "There is no related link.");
        }

        return links;
    }
}
