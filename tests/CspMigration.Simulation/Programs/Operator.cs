using System.Collections.Generic;
using System.Threading;
using CspMigration.Contracts;
using CspMigration.Simulation.Adapter;

namespace CspMigration.Simulation.Programs;

/// <summary>Someone who migrates, with a journal, a process and what came down the pipeline last.</summary>
internal sealed class Operator(string name)
{
    public string Name { get; } = name;

    public Notebook Journal { get; } = new();

    /// <summary>Counts the journals: a lost one is another than the one begun after it.</summary>
    public int JournalNumber { get; private set; } = 1;

    public Migrator? Session { get; private set; }

    public CancellationTokenSource Death { get; private set; } = new();

    /// <summary>How many requests have been sent in all.</summary>
    public int Requests { get; set; }

    /// <summary>The command that is under way; null between commands.</summary>
    public StepContext? Step { get; set; }

    public List<ExpiringSubscription> Rows { get; } = [];

    public List<TargetSubscription> Targets { get; } = [];

    public List<LicenseMove> Moves { get; } = [];

    public List<SubscriptionMigration> Migrations { get; } = [];

    /// <summary>Whether its process has ever ended in the middle of a command.</summary>
    public bool HasDied { get; set; }

    public void Connected(Migrator session) => Session = session;

    /// <summary>The process ends, and with it all but the journal.</summary>
    public void Disconnect()
    {
        Session?.Dispose();
        Session = null;
        Death = new CancellationTokenSource();
        Rows.Clear();
        Targets.Clear();
        Moves.Clear();
        Migrations.Clear();
    }

    public void LoseJournal()
    {
        Journal.Lose();
        JournalNumber++;
    }

    public override string ToString() => Name;
}
