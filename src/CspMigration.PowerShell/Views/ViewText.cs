using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation.Host;
using CspMigration.Contracts;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.PowerShell.Views;

/// <summary>How the module's views write values; public because a view's script block can call nothing else.</summary>
public static class ViewText
{
    /// <summary>A moment in local time for a list, with its offset: <c>2027-01-13 23:59 +01:00</c>; null stays null.</summary>
    public static string? Local(DateTimeOffset? moment) => moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>The same for a table, which has no room for the offset.</summary>
    public static string? LocalMinute(DateTimeOffset? moment) => moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How far a license move is: how many users, then each who was not moved with the reason, in a line of its own.</summary>
    public static string? Users(LicenseMove? move)
    {
        return move is null ? null : string.Join("\n", move.Users
            .Where(NotMovedUsers.IsNotMoved)
            .Select(user => $"{user}. {user.Reason}".TrimEnd())
            .Prepend(move.ToString()));
    }

    /// <summary>A target with how it was got, its seats and status, then what there is to know: <c>Plan (id): Purchased, 25 seats, active.</c></summary>
    public static string? Target(TargetSubscription? target)
    {
        if (target is null)
        {
            return null;
        }

        string[] parts = [$"{target.OfferName ?? target.OfferId} ({target.TargetSubscriptionId ?? "planned"}): {target.Outcome}", Enumeration.Count(target.Quantity, "seat"), target.Status];
        return $"{string.Join(", ", parts.Where(part => part.Length > 0))}. {target.Remark}".TrimEnd();
    }

    /// <summary>What was done with a subscription in the last step: <c>Plan (id): Suspended.</c>, then until when it can be made active.</summary>
    public static string? Ending(SuspendedSubscription? suspension)
    {
        return suspension is null ? null
            : $"{suspension.OfferName ?? "Source"} ({suspension.SubscriptionId ?? "other channel"}): {suspension.Outcome}." + (Local(suspension.ReactivateBefore) is { } until ? $" It can be made active until {until}." : "");
    }

    /// <summary>
    /// A verdict with the number of checks that no one can know beforehand, <c>Ready (4 unknown)</c>, or that there is nothing left
    /// to do, <c>Ready (migrated)</c>; in a narrower column, on two lines.
    /// </summary>
    public static string Verdict(MigrationReadiness readiness, int width)
    {
        var unknown = readiness.Checks.Count(check => check.Result == ReadinessResult.Unknown);
        var text = readiness.IsMigrated ? $"{readiness.Verdict} (migrated)" : unknown == 0 ? $"{readiness.Verdict}" : $"{readiness.Verdict} ({unknown} unknown)";
        return text.Length <= width ? text : text.Replace(" (", "\n(");
    }

    /// <summary>A sign-in name, broken before its domain where it is longer than a column.</summary>
    public static string? WrapAddress(string? address, int width)
    {
        return address is null || address.Length <= width ? address : address.Replace("@", "\n@");
    }

    /// <summary>What something is called, broken like <see cref="Wrap"/>; its id where the journal has no name of it. A row without either would say of nothing what became of it.</summary>
    public static string? NameOrId(string? name, string? id, int width) => Wrap(string.IsNullOrEmpty(name) ? id : name, width);

    /// <summary>A text broken between words into lines of what is left of the screen.</summary>
    /// <param name="text">The text.</param>
    /// <param name="host">Whose screen.</param>
    /// <param name="used">How many columns stand before it.</param>
    public static string? WrapToEdge(string? text, PSHost host, int used) => Wrap(text, Math.Max(20, Screen.WidthOf(host) - used));

    /// <summary>A text broken between words into lines of a column's width. PowerShell does so only in cultures it knows to have words
    /// between spaces, not in the invariant one of many containers and build agents.</summary>
    public static string? Wrap(string? text, int width)
    {
        if (text is null)
        {
            return null;
        }

        var lines = new List<string> { "" };
        foreach (var word in text.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var line = lines[lines.Count - 1];
            if (line.Length == 0)
            {
                lines[lines.Count - 1] = word;
            }
            else if (line.Length + 1 + word.Length <= width)
            {
                lines[lines.Count - 1] = $"{line} {word}";
            }
            else
            {
                lines.Add(word);
            }
        }

        return string.Join("\n", lines);
    }
}
