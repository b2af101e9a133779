using System;

namespace CspMigration.Contracts;

/// <summary>A library the module brings, as a process has it: ours, the host's or another module's copy, one of each.</summary>
public sealed record LoadedLibrary
{
    internal LoadedLibrary()
    {
    }

    /// <summary>The assembly's simple name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The assembly's version.</summary>
    public Version? Version { get; internal init; }

    /// <summary>The load context it is in: <c>CspMigration</c> is the module's own, <c>Default</c> PowerShell's; null where it is not loaded.</summary>
    public string? LoadContext { get; internal init; }

    /// <summary>Whether it is the file that came with the module.</summary>
    public bool IsOurs { get; internal init; }

    /// <summary>The file.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The name and the version.</summary>
    public override string ToString() => $"{Name} {Version}";
}
