using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>A migration and its date, as a client sent them.</summary>
internal sealed class ScheduleRequest
{
    private ScheduleRequest(MigrationRequest migration, DateTimeOffset? targetDate)
    {
        Migration = migration;
        TargetDate = targetDate;
    }

    public MigrationRequest Migration { get; }

    /// <summary>The date; null for the renewal.</summary>
    public DateTimeOffset? TargetDate { get; }

    public bool IsAtRenewal => TargetDate == null;

    /// <summary>A new term always begins at the renewal.</summary>
    public MigrationRequest Effective => IsAtRenewal ? Migration.WithFullTerm() : Migration;

    public static ScheduleRequest Read(JsonBody body, DateTimeOffset now)
    {
        var targetDate = body.Moment("targetDate");
        var isAtRenewal = body.Flag("migrateOnRenewal") ?? false;
        if (targetDate == null == !isAtRenewal)
        {
            throw Refusals.InvalidProperty("targetDate", "a schedule has either a targetDate or migrateOnRenewal.");
        }

        return targetDate is { } day && TermCalendar.Day(day) <= now
            ? throw Refusals.InvalidProperty("targetDate", "it is not in the future.")
            : new ScheduleRequest(MigrationRequest.Read(body), targetDate);
    }
}
