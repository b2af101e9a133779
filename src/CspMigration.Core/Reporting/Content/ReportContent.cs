using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Content;

/// <summary>What a report says, before anything is said of how it looks.</summary>
internal sealed class ReportContent
{
    private const string Unknown = "Unknown";

    /// <param name="title">The heading; null for the page's own.</param>
    /// <param name="createdOn">The moment the report speaks of, UTC.</param>
    /// <param name="migrations">What it is about.</param>
    public ReportContent(string? title, DateTimeOffset createdOn, IReadOnlyList<SubscriptionMigration> migrations)
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
        for (var i = 0; i < Customers.Count; i++)
        {
            Customers[i].Number = i + 1;
        }

        Products = [.. migrations
            .GroupBy(OfferOf, StringComparer.OrdinalIgnoreCase)
            .Select(product => new ProductChange(
                product.Key,
                [.. product.Select(migration => migration.CurrentTarget?.OfferName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                product.Count(),
                new Seats([.. product])))
            .OrderByDescending(product => product.Seats.Before)
            .ThenBy(product => product.From, StringComparer.OrdinalIgnoreCase)];
        Timeline = ExpiryTimeline.Of(migrations);
        Problems = [.. migrations
            .Where(migration => migration.ErrorId is not null)
            .Select(migration => new Problem(
                NameOf(migration), OfferOf(migration), migration.Source?.CommitmentEndDate, migration.ErrorId!, migration.Error ?? "", migration.Remedy, migration.ServiceWords is { } words ? ShortIds.In(words) : null))
            .OrderBy(problem => problem.EndsOn ?? DateTimeOffset.MaxValue)];
        UsersLeft = [.. migrations.SelectMany(Left)];
        HasTargets = migrations.Any(migration => migration.CurrentTarget is not null);
        SeatDays = SeatDaysOf(migrations);
        SeatsOfUnknownOverlap = migrations.Where(migration => migration.CurrentTarget is { } target && Overlap.SeatDaysOf(target) is null).Sum(migration => migration.Source?.Quantity ?? 0);
        UndoDeadlines = [.. Deadlines(migrations, createdOn)];
    }

    /// <summary>The heading; null for the page's own.</summary>
    public string? Title { get; }

    public DateTimeOffset CreatedOn { get; }

    public IReadOnlyList<SubscriptionMigration> Migrations { get; }

    /// <summary>Whether nothing has been sent for any of them.</summary>
    public bool IsPlan { get; }

    public Progress Progress { get; }

    public Seats Seats { get; }

    /// <summary>Those with problems first, then by the end of the term that is at risk.</summary>
    public IReadOnlyList<CustomerProgress> Customers { get; }

    public IReadOnlyList<ProductChange> Products { get; }

    public IReadOnlyList<ExpiryPeriod> Timeline { get; }

    public IReadOnlyList<Problem> Problems { get; }

    public IReadOnlyList<UserLeft> UsersLeft { get; }

    /// <summary>The nearest first; those that have passed are left out.</summary>
    public IReadOnlyList<UndoDeadline> UndoDeadlines { get; }

    public int UsersMoved => Customers.Sum(customer => customer.UsersMoved);

    /// <summary>Users who still depend on a source, as far as they are counted; null where none are.</summary>
    public int? UsersLeftInAll => Customers.All(customer => customer.UsersLeft is null) ? null : Customers.Sum(customer => customer.UsersLeft ?? 0);

    /// <summary>Seat-days for which source and target are both billed, as far as they are known; null where none are.</summary>
    public long? SeatDays { get; }

    /// <summary>Seats of the sources that have a target and whose seat-days are not known.</summary>
    public int SeatsOfUnknownOverlap { get; }

    public bool HasTargets { get; }

    public DateTimeOffset? NextAtRisk => Customers.Min(customer => customer.NextAtRisk);

    /// <summary>Seat-days for which source and target are both billed, as far as they are known; null where none are.</summary>
    public static long? SeatDaysOf(IEnumerable<SubscriptionMigration> migrations)
    {
        // A sum of nullables takes null for 0.
        var known = migrations.Select(migration => migration.CurrentTarget).OfType<TargetSubscription>().Select(Overlap.SeatDaysOf).Where(days => days is not null).ToList();
        return known.Count == 0 ? null : known.Sum();
    }

    /// <summary>The name of a source's offer, else its id.</summary>
    public static string OfferOf(SubscriptionMigration migration)
    {
        return migration.Source?.OfferName ?? migration.Source?.OfferId ?? migration.SourceSubscriptionId ?? Unknown;
    }

    private static string NameOf(SubscriptionMigration migration)
    {
        return string.IsNullOrWhiteSpace(migration.CustomerName) ? migration.CustomerId : migration.CustomerName!;
    }

    private static IEnumerable<UserLeft> Left(SubscriptionMigration migration)
    {
        return (migration.LicenseMove?.Users ?? [])
            .Where(NotMovedUsers.IsNotMoved)
            .Select(user => new UserLeft(NameOf(migration), user.UserPrincipalName ?? user.UserId, OfferOf(migration), user.Outcome, user.Reason ?? "", LicenseRefusal.RemedyFor(user.Outcome)));
    }

    private static IEnumerable<UndoDeadline> Deadlines(IReadOnlyList<SubscriptionMigration> migrations, DateTimeOffset now)
    {
        return migrations
            .Where(migration => migration.SourceEnding?.ReactivateBefore >= now)
            .GroupBy(migration => (migration.CustomerId, On: migration.SourceEnding!.ReactivateBefore!.Value.UtcDateTime.Date))
            .Select(group => new UndoDeadline(
                NameOf(group.First()),
                [.. group.Select(OfferOf).Distinct(StringComparer.OrdinalIgnoreCase)],
                group.Min(migration => migration.SourceEnding!.ReactivateBefore!.Value),
                group.Max(migration => migration.SourceEnding!.DataDeletedBy)))
            .OrderBy(deadline => deadline.ReactivateBefore)
            .ThenBy(deadline => deadline.Customer, StringComparer.OrdinalIgnoreCase);
    }
}
