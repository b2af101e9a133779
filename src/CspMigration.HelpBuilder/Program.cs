using System;
using System.IO;
using System.Linq;
using CspMigration.HelpBuilder.Cmdlets;
using CspMigration.HelpBuilder.Markdown;
using CspMigration.HelpBuilder.Output;

namespace CspMigration.HelpBuilder;

/// <summary>
/// Reads a Markdown file for each cmdlet and each about topic and writes the files Get-Help reads. What the assembly knows
/// of a cmdlet (parameters, sets, positions, pipeline input) is taken from the assembly; the Markdown has the words.
/// </summary>
internal static class Program
{
    private const string Usage = "Usage: CspMigration.HelpBuilder <folder with Markdown> <cmdlet assembly> <file listing its references> <output folder>";

    private static int Main(string[] arguments)
    {
        if (arguments is not [var source, var assembly, var references, var output])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var problems = new Problems();
        Build(source, assembly, File.ReadAllLines(references), output, problems);
        foreach (var problem in problems.All)
        {
            Console.WriteLine(problem);
        }

        return problems.All.Count == 0 ? 0 : 1;
    }

    private static void Build(string source, string assembly, string[] references, string output, Problems problems)
    {
        var pages = Directory.GetFiles(source, "*.md").Order(StringComparer.Ordinal).Select(file => Page.Read(file, problems)).ToList();
        var cmdlets = CmdletReader.Read(assembly, references);
        var help = CmdletHelpReader.Read(source, pages, cmdlets, problems);
        if (problems.All.Count > 0)
        {
            return;
        }

        Directory.CreateDirectory(output);
        MamlWriter.Write(Path.Combine(output, $"{Path.GetFileName(assembly)}-Help.xml"), help);
        foreach (var page in pages.Where(page => page.IsAboutTopic))
        {
            AboutWriter.Write(Path.Combine(output, $"{page.Name}.help.txt"), page, problems);
        }
    }
}
