namespace CspMigration.Contracts;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page, to be shown to people.</summary>
    Html,

    /// <summary>One line a source, for spreadsheets.</summary>
    Csv,

    /// <summary>Everything, for programs.</summary>
    Json,
}
