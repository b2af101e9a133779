using System;
using System.IO;
using System.Linq;
using Markdig.Syntax;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>A Markdown file: one title, sections, and sections of these.</summary>
internal sealed record Page(string File, Section Title)
{
    /// <summary>The page of words for parameters that several cmdlets share.</summary>
    public const string SharedName = "Shared";

    /// <summary>The file's name without extension, which is also what the page is about.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    public bool IsAboutTopic => Name.StartsWith("about_", StringComparison.Ordinal);

    public bool IsShared => Name == SharedName;

    /// <summary>The section of that title; null where there is none.</summary>
    public Section? Find(string title) => Title.Sections.FirstOrDefault(section => section.Title == title);

    /// <summary>Reads a file; what is not in the simple shape becomes a problem.</summary>
    public static Page Read(string file, Problems problems)
    {
        var title = new Section("", 1);
        Section current = title;
        var isTitled = false;
        foreach (var block in Markdig.Markdown.Parse(System.IO.File.ReadAllText(file)))
        {
            if (block is not HeadingBlock heading)
            {
                if (PlainText.CanShow(block))
                {
                    current.Blocks.Add(block);
                }
                else
                {
                    problems.Add(file, block.Line + 1, "Help has no more than headings, paragraphs, lists, code and links.");
                }

                continue;
            }

            var section = new Section(PlainText.Of(heading.Inline), heading.Line + 1);
            switch (heading.Level)
            {
                case 1 when !isTitled:
                    title = current = section;
                    isTitled = true;
                    break;
                case 2 when isTitled:
                    title.Sections.Add(section);
                    current = section;
                    break;
                case 3 when title.Sections.Count > 0:
                    title.Sections[^1].Sections.Add(section);
                    current = section;
                    break;
                default:
                    problems.Add(file, section.Line, $"The heading \"{section.Title}\" is out of place: one #, below it ##, below these ###.");
                    break;
            }
        }

        var page = new Page(file, title);
        if (title.Title != page.Name)
        {
            problems.Add(file, title.Line, $"The page's title is \"{title.Title}\" and should be \"{page.Name}\", as the file.");
        }

        return page;
    }
}
