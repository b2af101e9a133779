using System;
using System.Collections.Generic;
using System.IO;
using CspMigration.Contracts;
using CspMigration.Core.Reporting.Content;
using CspMigration.Core.Reporting.Csv;
using CspMigration.Core.Reporting.Html;
using CspMigration.Core.Reporting.Json;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting;

/// <summary>What has been, or would be, migrated, as a file to be shown, calculated with or read by programs.</summary>
public sealed class MigrationReport
{
    private readonly ReportContent _content;

    /// <param name="title">The heading; null for the page's own, in its language.</param>
    /// <param name="createdOn">The moment the report speaks of, UTC.</param>
    /// <param name="migrations">What it is about.</param>
    public MigrationReport(string? title, DateTimeOffset createdOn, IReadOnlyList<SubscriptionMigration> migrations)
    {
        _content = new ReportContent(title, createdOn, migrations);
    }

    /// <summary>A source that has only been found, as a migration that has not begun.</summary>
    public static SubscriptionMigration NotBegun(ExpiringSubscription source)
    {
        return new SubscriptionMigration
        {
            PartnerTenantId = source.PartnerTenantId,
            CustomerId = source.CustomerId,
            CustomerName = source.CustomerName,
            SourceSubscriptionId = source.SubscriptionId,
            State = source.MigrationState,
            Source = source,
        };
    }

    /// <summary>Writes the report.</summary>
    /// <param name="format">As what.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="language">The language of the page; English by default. The other formats, which programs read, have none.</param>
    public void Write(ReportFormat format, Stream stream, ReportLanguage? language = null)
    {
        switch (format)
        {
            case ReportFormat.Csv:
                CsvReport.Write(_content, stream);
                break;
            case ReportFormat.Json:
                JsonReport.Write(_content, stream);
                break;
            default:
                HtmlReport.Write(_content, language ?? ReportLanguage.English, stream);
                break;
        }
    }

    /// <summary>Writes the report to a file: whole, or not at all.</summary>
    /// <param name="format">As what.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="language">The language of the page; English by default.</param>
    /// <exception cref="IOException">It cannot be written; what was there before is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be replaced.</exception>
    public void Save(ReportFormat format, string path, ReportLanguage? language = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Write(format, stream, language);
            }

            if (File.Exists(path))
            {
                File.Replace(temporary, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(temporary, path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e.Message.Contains(temporary))
        {
            // Only this method knows the other name.
            throw new IOException(e.Message.Replace(temporary, path), e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
