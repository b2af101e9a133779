using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Operations;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>Keeps in the journal what a change of seats or of a name may take off the end of a term, until it is there again (docs/rules.md, rule 25).</summary>
internal sealed class TermEndKeeper : ITermEndKeeper
{
    private readonly MigrationOperation _operation;

    public TermEndKeeper(MigrationOperation operation) => _operation = operation;

    /// <inheritdoc/>
    public EndOfTermSetting? LeftBy(CustomerId customerId, Subscription current)
    {
        return _operation.Journal.View.TermEndKept(customerId, current.Id) is { } kept && IsTakenOff(kept, current) ? kept : null;
    }

    /// <inheritdoc/>
    public Task KeepAsync(CustomerId customerId, SubscriptionId subscriptionId, EndOfTermSetting setting, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new TermEndKept { At = _operation.Time.GetUtcNow(), CustomerId = customerId, SubscriptionId = subscriptionId, TermEnd = TermEndRecord.Of(setting) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(CustomerId customerId, Subscription current, EndOfTermSetting setting, CancellationToken cancellationToken)
    {
        if (!setting.IsOf(current))
        {
            _operation.Observer.Warning(
                $"{current.OfferName} ({current.Id}): the service did not restore what was scheduled for the end of its term. It is now: {EndOfTermRules.Describe(current)}.");
        }

        return _operation.Journal.AppendAsync(new TermEndReleased { At = _operation.Time.GetUtcNow(), CustomerId = customerId, SubscriptionId = current.Id }, cancellationToken);
    }

    /// <summary>Called where the end of the term has been chosen since: nothing is set again.</summary>
    public Task ForgetAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _operation.Journal.View.TermEndKept(customerId, subscriptionId) is null ? Task.CompletedTask
            : _operation.Journal.AppendAsync(new TermEndReleased { At = _operation.Time.GetUtcNow(), CustomerId = customerId, SubscriptionId = subscriptionId }, cancellationToken);
    }

    // The service itself turns what is left without an action into its extension. Anything else someone has decided since.
    private static bool IsTakenOff(EndOfTermSetting kept, Subscription current)
    {
        return current.IsActive
            && kept.AutoRenew == current.AutoRenewEnabled
            && (current.ScheduledAction is null || (kept.Action?.Kind == ScheduledActionKind.Cancel && current.ScheduledAction.Kind == ScheduledActionKind.RenewToExtendedServiceTerm));
    }
}
