using System;
using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.PartnerCenter.Authentication;

namespace CspMigration.Core.Sessions;

/// <summary>How to connect to Partner Center, and what to work with then.</summary>
public sealed class ConnectionOptions : ServiceOptions
{
    /// <summary>The journal's file; null for the default.</summary>
    public string? JournalPath { get; set; }

    /// <summary>Through which service users' licenses are read and moved.</summary>
    public LicenseApi LicenseApi { get; set; }

    /// <summary>SKU maps to use beside the built-in one and the user's own.</summary>
    public IReadOnlyList<string> SkuMapPaths { get; set; } = [];

    /// <summary>Puts something between the steps and their journal, as <see cref="ServiceOptions.Handler"/> can before the network; null for nothing.</summary>
    internal Func<IJournal, IJournal>? BeforeJournal { get; set; }
}
