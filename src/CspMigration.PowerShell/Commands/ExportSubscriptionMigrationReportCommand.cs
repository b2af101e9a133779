using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Reporting;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;
using CspMigration.PowerShell.Wording;

namespace CspMigration.PowerShell.Commands;

/// <summary>Writes what has been, or would be, migrated to a file: a page to show, a table, or everything for programs.</summary>
[Cmdlet(VerbsData.Export, "SubscriptionMigrationReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = MigrationSet)]
[Alias("Export-MigrationReport")]
[OutputType(typeof(FileInfo))]
public sealed class ExportSubscriptionMigrationReportCommand : ConnectedCommand
{
    private const string MigrationSet = "Migration";
    private const string SourceSet = "Source";

    private readonly List<SubscriptionMigration> _migrations = [];

    /// <summary>The file. Its ending says the format: .html, .csv or .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ValidateFile]
    public string? Path { get; set; }

    /// <summary>The migration, as Invoke-SubscriptionMigration or Get-SubscriptionMigration gave it. Without one, the connection's journal is reported.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = MigrationSet)]
    [ExpectsOutputOf(
        typeof(ExportSubscriptionMigrationReportCommand),
        "Get-SubscriptionMigration",
        InsteadOfSaved = "Get-SubscriptionMigration -JournalPath journal.jsonl | Export-SubscriptionMigrationReport report.html")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SubscriptionMigration? InputObject { get; set; }

    /// <summary>The source, as Get-ExpiringSubscription gave it: for a report before anything is migrated.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = SourceSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ExpiringSubscription? Source { get; set; }

    /// <summary>The format, where the file's ending does not say it.</summary>
    [Parameter]
    public ReportFormat? Format { get; set; }

    /// <summary>The heading of the page; the default is in its language.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Title { get; set; }

    /// <summary>The culture whose language, dates and numbers the page has. Tables and JSON are for programs, and the same in every culture.</summary>
    [Parameter]
    [ValidateCulture]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string Culture { get; set; } = "en-US";

    /// <summary>Refuses to replace a file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file also where it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // Nothing is piped in or given.
    private bool IsOfJournal => !MyInvocation.ExpectingInput && InputObject is null && Source is null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // What comes down the pipeline needs no connection.
        if (IsOfJournal)
        {
            base.BeginProcessing();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (InputObject is not null)
        {
            _migrations.Add(InputObject);
        }
        else if (Source is not null)
        {
            _migrations.Add(MigrationReport.NotBegun(Source));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (MyInvocation.ExpectingInput && _migrations.Count == 0)
        {
            // A run that had nothing left to do must not put an empty page in the place of its report.
            if (NothingCame(hasInput: false))
            {
                Warn($"Nothing came down the pipeline: {path} is not written. Without a pipeline the report is made from the journal.");
            }

            return;
        }

        if (IsOfJournal)
        {
            if (ReadJournal() is not { } known)
            {
                return;
            }

            _migrations.AddRange(known);
        }

        try
        {
            Save(path, Format ?? FormatOf(path));
        }
        catch (DirectoryNotFoundException e)
        {
            var folder = System.IO.Path.GetDirectoryName(path);
            Terminate(ErrorCatalog.Create(
                "ReportNotWritten", $"The report {path} cannot be written: {e.Message}", $"Name another file, or make the folder first: New-Item -ItemType Directory {Pasteable.Quote(folder)}"), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminate(ErrorCatalog.Create("ReportNotWritten", $"The report {path} cannot be written: {e.Message}"), path);
        }
        catch (CspMigrationException e)
        {
            Terminate(e, path);
        }
    }

    private void Save(string path, ReportFormat format)
    {
        var file = new FileInfo(path);
        if (file.Exists && NoClobber)
        {
            throw ErrorCatalog.Create("ReportNotWritten", $"The file {path} exists, and -NoClobber was specified.");
        }

        if (file.Exists && file.IsReadOnly && !Force)
        {
            throw ErrorCatalog.Create("ReportNotWritten", $"The file {path} is read-only; -Force replaces it.");
        }

        if (!ShouldProcess(path, $"Write the report of {Enumeration.Count(_migrations.Count, "subscription")}"))
        {
            return;
        }

        if (file.Exists && file.IsReadOnly)
        {
            file.IsReadOnly = false;
        }

        new MigrationReport(Title, DateTimeOffset.UtcNow, _migrations).Save(format, path, ReportLanguage.Find(Culture));

        // As Get-Item gives it, with what the views need.
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }

    private static ReportFormat FormatOf(string path)
    {
        var ending = System.IO.Path.GetExtension(path).TrimStart('.');
        return ending.Equals("htm", StringComparison.OrdinalIgnoreCase) ? ReportFormat.Html
            : Enum.GetValues(typeof(ReportFormat)).Cast<ReportFormat?>().FirstOrDefault(format => ending.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase))
                ?? throw ErrorCatalog.Create("ReportNotWritten", $"The ending of {path} is none of .html, .csv and .json; specify the format with: -Format");
    }
}
