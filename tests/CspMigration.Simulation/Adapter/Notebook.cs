using System;
using System.Collections.Generic;

namespace CspMigration.Simulation.Adapter;

/// <summary>A journal's lines, which outlive the session that wrote them. Nothing is on a disk.</summary>
internal sealed class Notebook
{
    private readonly List<string> _lines = [];

    /// <summary>Called before every line that is written; may end the process.</summary>
    public Action<string>? Writing { get; set; }

    /// <summary>The half of a line that a process wrote as its last.</summary>
    public string Torn { get; set; } = "";

    /// <summary>All there is to read.</summary>
    public string Text => string.Concat(_lines) + Torn;

    public void Append(string line)
    {
        Writing?.Invoke(line);
        Torn = "";
        _lines.Add(line);
    }

    public void Lose()
    {
        Torn = "";
        _lines.Clear();
    }
}
