using System;
using System.Collections.Generic;

namespace CspMigration.Simulation.Adapter;

/// <summary>A journal's lines, which outlive the session that wrote them. Nothing is on a disk.</summary>
internal sealed class Notebook
{
    public List<string> Lines { get; } = [];

    /// <summary>Called around every line that is written; may end the process.</summary>
    public Action<bool>? Writing { get; set; }

    public void Append(string line)
    {
        Writing?.Invoke(false);
        Lines.Add(line);
        Writing?.Invoke(true);
    }

    public void Lose() => Lines.Clear();
}
