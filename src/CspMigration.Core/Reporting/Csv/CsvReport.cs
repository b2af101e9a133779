using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CspMigration.Contracts;
using CspMigration.Core.Reporting.Content;
using CspMigration.Core.Users;

namespace CspMigration.Core.Reporting.Csv;

/// <summary>The report for a spreadsheet: one line a source.</summary>
internal static class CsvReport
{
    private static readonly (string Name, Func<SubscriptionMigration, object?> Value)[] Columns =
    [
        ("CustomerName", migration => migration.CustomerName),
        ("CustomerId", migration => migration.CustomerId),
        ("SourceOffer", migration => migration.Source?.OfferName),
        ("SourceSubscriptionId", migration => migration.SourceSubscriptionId),
        ("SourceQuantity", migration => migration.Source?.Quantity),
        ("CommitmentEndDate", migration => migration.Source?.CommitmentEndDate),
        ("State", migration => migration.State),
        ("IsPlanned", migration => migration.IsPlanned),
        ("TargetOffer", migration => migration.Target?.OfferName),
        ("TargetSubscriptionId", migration => migration.TargetSubscriptionId),
        ("TargetQuantity", migration => migration.Target?.Quantity),
        ("TargetOutcome", migration => migration.Target?.Outcome),
        ("BillingCycle", migration => migration.Target?.BillingCycle),
        ("TermDuration", migration => migration.Target?.TermDuration),
        ("UsersMoved", migration => migration.LicenseMove?.Moved),
        ("UsersAlreadyMoved", migration => migration.LicenseMove?.AlreadyMoved),
        ("UsersSkipped", migration => migration.LicenseMove?.Skipped),
        ("UsersFailed", migration => migration.LicenseMove?.Failed),
        ("UsersRemaining", migration => migration.LicenseMove?.Remaining),
        ("WhyNotMoved", migration => WhyNotMoved(migration.LicenseMove)),
        ("Suspension", migration => migration.SourceEnding?.Outcome),
        ("SuspendedOn", migration => migration.SourceEnding?.SuspendedOn),
        ("ReactivateBefore", migration => migration.SourceEnding?.ReactivateBefore),
        ("DataDeletedBy", migration => migration.SourceEnding?.DataDeletedBy),
        ("StartedOn", migration => migration.StartedOn),
        ("FinishedOn", migration => migration.FinishedOn),
        ("ErrorId", migration => migration.ErrorId),
        ("Error", migration => migration.Error),
        ("PartnerTenantId", migration => migration.PartnerTenantId),
        ("Method", migration => migration.Target?.Method),
        ("EffectiveOn", migration => migration.Target?.EffectiveOn),
        ("OverlapDays", migration => migration.Target?.OverlapDays),
    ];

    public static void Write(ReportContent content, Stream stream)
    {
        // With a byte order mark: spreadsheets take the text for the machine's own code page otherwise.
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 4096, leaveOpen: true);
        var csv = new CsvWriter(text);
        csv.Line(Columns.Select(column => column.Name));
        foreach (var migration in content.Migrations)
        {
            csv.Line(Columns.Select(column => Text(column.Value(migration))));
        }
    }

    // Grouped, because a cell holds 32,767 characters.
    private static string? WhyNotMoved(LicenseMove? move)
    {
        return move is null ? null : string.Join(" ", move.Users
            .Where(NotMovedUsers.IsNotMoved)
            .GroupBy(user => (user.Outcome, user.Reason))
            .Select(cause => $"{string.Join(", ", cause.Select(user => user.UserPrincipalName ?? user.UserId))}: {cause.Key.Outcome}. {cause.Key.Reason}".TrimEnd()));
    }

    private static string? Text(object? value)
    {
        return value switch
        {
            DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
