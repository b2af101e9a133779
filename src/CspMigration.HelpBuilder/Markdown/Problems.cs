using System.Collections.Generic;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>What is wrong with the help, all of it, in the form in which MSBuild takes errors from a tool.</summary>
internal sealed class Problems
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    /// <summary>Adds a problem.</summary>
    /// <param name="file">The file it is in.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What is wrong.</param>
    public void Add(string file, int line, string message) => _all.Add($"{file}({line}): error HELP: {message}");
}
