using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Users;

namespace CspMigration.Core.Reporting.Content;

/// <summary>What a report says, before anything is said of how it looks.</summary>
internal sealed class ReportContent
{
    private const string Unknown = "Unknown";

    /// <param name="title">The heading.</param>
    /// <param name="createdOn">The moment the report speaks of, UTC.</param>
    /// <param name="migrations">What it is about.</param>
    public ReportContent(string title, DateTimeOffset createdOn, IReadOnlyList<SubscriptionMigration> migrations)
    {
        Title = title;
        CreatedOn = createdOn;
        Migrations = migrations;
        IsPlan = migrations.Count > 0 && migrations.All(migration => migration.IsPlanned);
        Progress = new Progress(migrations);
        Seats = new Seats(migrations);
        Customers = [.. migrations
            .GroupBy(migration => migration.CustomerId, StringComparer.OrdinalIgnoreCase)
            .Select(customer => new CustomerProgress([.. customer]))
            .OrderBy(customer => customer.Progress.Stopped == 0)
            .ThenBy(customer => customer.NextAtRisk ?? DateTimeOffset.MaxValue)
            .ThenBy(customer => customer.Name, StringComparer.OrdinalIgnoreCase)];
        Products = [.. migrations
            .GroupBy(OfferOf, StringComparer.OrdinalIgnoreCase)
            .Select(product => new ProductChange(
                product.Key,
                [.. product.Select(migration => migration.Successor?.OfferName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                product.Count(),
                new Seats([.. product])))
            .OrderByDescending(product => product.Seats.Before)
            .ThenBy(product => product.From, StringComparer.OrdinalIgnoreCase)];
        Targets = [.. migrations
            .Where(migration => migration.Successor is not null)
            .GroupBy(migration => (Customer: migration.CustomerId.ToUpperInvariant(), From: OfferOf(migration), migration.Successor!.OfferName, migration.Successor.OfferId, migration.Successor.Method, migration.Successor.OverlapDays))
            .Select(group => new TargetGroup(NameOf(group.First()), group.Key.From, [.. group.Select(migration => migration.Successor!)]))
            .OrderByDescending(group => group.SeatDays ?? long.MaxValue)
            .ThenBy(group => group.Customer, StringComparer.OrdinalIgnoreCase)
            .ThenBy(group => group.From, StringComparer.OrdinalIgnoreCase)];
        Timeline = ExpiryTimeline.Of(migrations);
        Problems = [.. migrations
            .Where(migration => migration.ErrorId is not null)
            .Select(migration => new Problem(
                NameOf(migration), OfferOf(migration), migration.Source?.CommitmentEndDate, migration.ErrorId!, migration.Error ?? ""))
            .OrderBy(problem => problem.EndsOn ?? DateTimeOffset.MaxValue)];
        UsersLeft = [.. migrations.SelectMany(Left)];
        UndoDeadlines = [.. Deadlines(migrations, createdOn)];
    }

    public string Title { get; }

    public DateTimeOffset CreatedOn { get; }

    public IReadOnlyList<SubscriptionMigration> Migrations { get; }

    /// <summary>Whether nothing has been sent for any of them.</summary>
    public bool IsPlan { get; }

    public Progress Progress { get; }

    public Seats Seats { get; }

    /// <summary>Those with problems first, then by the end of the term that is at risk.</summary>
    public IReadOnlyList<CustomerProgress> Customers { get; }

    public IReadOnlyList<ProductChange> Products { get; }

    /// <summary>Those whose overlap is not known first, then those that are billed twice the most.</summary>
    public IReadOnlyList<TargetGroup> Targets { get; }

    public IReadOnlyList<ExpiryPeriod> Timeline { get; }

    public IReadOnlyList<Problem> Problems { get; }

    public IReadOnlyList<UserLeft> UsersLeft { get; }

    /// <summary>The nearest first; those that have passed are left out.</summary>
    public IReadOnlyList<UndoDeadline> UndoDeadlines { get; }

    public int UsersMoved => Customers.Sum(customer => customer.UsersMoved);

    /// <summary>Seat-days for which source and target are both billed, as far as they are known.</summary>
    public long SeatDays => Targets.Sum(target => target.SeatDays ?? 0);

    public DateTimeOffset? NextAtRisk => Customers.Min(customer => customer.NextAtRisk);

    private static string NameOf(SubscriptionMigration migration)
    {
        return string.IsNullOrWhiteSpace(migration.CustomerName) ? migration.CustomerId : migration.CustomerName!;
    }

    private static string OfferOf(SubscriptionMigration migration)
    {
        return migration.Source?.OfferName ?? migration.Source?.OfferId ?? migration.SourceSubscriptionId ?? Unknown;
    }

    private static IEnumerable<UserLeft> Left(SubscriptionMigration migration)
    {
        return (migration.LicenseMove?.Users ?? [])
            .Where(NotMovedUsers.IsNotMoved)
            .Select(user => new UserLeft(NameOf(migration), user.UserPrincipalName ?? user.UserId, OfferOf(migration), user.Outcome, user.Reason ?? ""));
    }

    private static IEnumerable<UndoDeadline> Deadlines(IReadOnlyList<SubscriptionMigration> migrations, DateTimeOffset now)
    {
        return migrations
            .Where(migration => migration.SourceEnding?.ReactivateBefore >= now)
            .GroupBy(migration => (migration.CustomerId, On: migration.SourceEnding!.ReactivateBefore!.Value.UtcDateTime.Date))
            .Select(group => new UndoDeadline(
                NameOf(group.First()),
                string.Join(", ", group.Select(OfferOf).Distinct(StringComparer.OrdinalIgnoreCase)),
                group.Min(migration => migration.SourceEnding!.ReactivateBefore!.Value),
                group.Max(migration => migration.SourceEnding!.DataDeletedBy)))
            .OrderBy(deadline => deadline.ReactivateBefore)
            .ThenBy(deadline => deadline.Customer, StringComparer.OrdinalIgnoreCase);
    }
}
