using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Programs;

namespace CspMigration.Simulation.Oracle;

/// <summary>A purchase an operator made.</summary>
internal sealed record Purchase(string CustomerId, string SubscriptionId, string SkuId, IReadOnlyList<string> Sources, string? BaseId, Operator By, int Journal, DateTimeOffset At)
{
    public bool IsAddOn => BaseId is not null;
}

/// <summary>Seats an operator added to a subscription that was there before.</summary>
internal sealed record Growth(string CustomerId, string SubscriptionId, IReadOnlyList<string> Sources, int Before, int After, Operator By, int Journal, DateTimeOffset At);

/// <summary>A target an operator was told for a source.</summary>
internal sealed record Promise(string? TargetId, string SkuId, Operator By, int Journal);

/// <summary>A license an operator took from a user while moving them forward, as it was.</summary>
internal sealed record TakenLicense(string CustomerId, string UserId, LicenseState License, Operator By, int Journal);

/// <summary>A change by another administrator than the operator who may have to see it.</summary>
/// <param name="CustomerId">At which customer.</param>
/// <param name="Subject">Of which subscription or user.</param>
/// <param name="What">Of what.</param>
/// <param name="By">The operator; null for another administrator, or for the service by itself.</param>
/// <param name="Requests">How many requests each operator had sent.</param>
/// <param name="PromptOf">The operator whose question stood meanwhile.</param>
/// <param name="At">When.</param>
/// <param name="Number">How many there had been before.</param>
internal sealed record Touch(
    string CustomerId, string Subject, string What, Operator? By, IReadOnlyDictionary<Operator, int> Requests, Operator? PromptOf, DateTimeOffset At, int Number);

/// <summary>What the operators did and others did meanwhile, as far as it bears on what may happen later.</summary>
internal sealed class Ledger
{
    private readonly List<(string SubscriptionId, Operator By, int Journal)> _wereLeftToEnd = [];

    public List<Purchase> Purchases { get; } = [];

    public List<Growth> Growths { get; } = [];

    public List<TakenLicense> Taken { get; } = [];

    public List<Touch> Touches { get; } = [];

    /// <summary>Sources that were left to expire for their migration, and who knows it: of one that did not renew anyway no one else can see it.</summary>
    public List<(string SubscriptionId, Operator By, int Journal)> LeftToEnd { get; } = [];

    /// <summary>Sources whose migration was rolled back and not begun again.</summary>
    public HashSet<string> RolledBack { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who rolled sources back last: without that one's journal no one can see it where it left no trace.</summary>
    public Dictionary<string, Operator> RolledBackBy { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The targets that were named for sources last; by the source's id.</summary>
    public Dictionary<string, Promise> Promises { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sources whose migration an earlier command has finished: what it said of them its journal says again, and it was true then.</summary>
    public List<(string SubscriptionId, Operator By, int Journal)> Finished { get; } = [];

    /// <summary>Subscriptions of which an operator has set, ended or resumed something by name: what they were before is no one's promise any more.</summary>
    public HashSet<string> SetByName { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sources for which a number of seats was asked for, fewer than their users perhaps.</summary>
    public HashSet<string> QuantityAsked { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void LeaveToEnd(string subscriptionId, Operator by)
    {
        LeftToEnd.Add((subscriptionId, by, by.JournalNumber));
        _wereLeftToEnd.Add((subscriptionId, by, by.JournalNumber));
    }

    /// <summary>It renews again: another administrator's decision, or the operator's.</summary>
    public void Renew(string subscriptionId) => _ = LeftToEnd.RemoveAll(left => Is(left.SubscriptionId, subscriptionId));

    /// <summary>Its migration is rolled back.</summary>
    public void ForgetEnding(string subscriptionId)
    {
        Renew(subscriptionId);
        _ = _wereLeftToEnd.RemoveAll(left => Is(left.SubscriptionId, subscriptionId));
    }

    /// <summary>Whether an operator knows, by its journal, that a source was left to expire, whatever became of it since.</summary>
    public bool WasLeftToEnd(string subscriptionId, Operator one) =>
        _wereLeftToEnd.Exists(left => Is(left.SubscriptionId, subscriptionId) && left.By == one && left.Journal == one.JournalNumber);

    /// <summary>Whether an operator knows, by its journal, that a source is left to expire.</summary>
    public bool IsLeftToEnd(string subscriptionId, Operator one) =>
        LeftToEnd.Exists(left => Is(left.SubscriptionId, subscriptionId) && left.By == one && left.Journal == one.JournalNumber);

    public void Finish(string subscriptionId, Operator by) => Finished.Add((subscriptionId, by, by.JournalNumber));

    /// <summary>Whether an operator's journal says that a source's migration is finished.</summary>
    public bool IsFinished(string? subscriptionId, Operator one) =>
        Finished.Exists(finished => Is(finished.SubscriptionId, subscriptionId) && finished.By == one && finished.Journal == one.JournalNumber);

    public IEnumerable<Purchase> PurchasesFor(string customerId, string source) =>
        Purchases.Where(purchase => purchase.CustomerId == customerId && purchase.Sources.Contains(source, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether anyone else has ever changed anything at a customer.</summary>
    public bool IsTouched(string customerId) => Touches.Exists(touch => touch.CustomerId == customerId && touch.By is null);

    public bool IsTouched(string subject, string what) => Touches.Exists(touch => Is(touch.Subject, subject) && touch.What == what && touch.By is null);

    public static bool Is(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
