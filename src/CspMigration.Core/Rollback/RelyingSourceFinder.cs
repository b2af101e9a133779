using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>
/// Finds who else relies on a target: every source it was got for whose migration is not rolled back, in whatever way the
/// source was ended. What was got for several goes with the last of them.
/// </summary>
internal sealed class RelyingSourceFinder
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;

    public RelyingSourceFinder(MigrationOperation operation, CustomerView view)
    {
        _operation = operation;
        _view = view;
    }

    /// <summary>The journal's word first, then the mark's.</summary>
    /// <param name="target">The target.</param>
    /// <param name="key">The source that no longer counts.</param>
    /// <param name="withoutAddOn">A target of that source that no longer counts either, where it is an add-on to the target; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<RelyingSource>> FindAsync(Subscription target, SourceKey key, SubscriptionId? withoutAddOn, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<SourceKey, RelyingSource>();
        AddSources(target, isAddOn: false, subscriptions, found);

        // An add-on needs its base, and so do the sources of the add-on.
        foreach (var addOn in subscriptions.Where(other => other.IsActive && other.ParentSubscriptionId.Is(target.Id) && !other.Id.Is(withoutAddOn)))
        {
            AddSources(addOn, isAddOn: true, subscriptions, found);
        }

        _ = found.Remove(key);
        return [.. found.Values];
    }

    private void AddSources(Subscription target, bool isAddOn, IReadOnlyList<Subscription> subscriptions, Dictionary<SourceKey, RelyingSource> found)
    {
        foreach (var source in _operation.Journal.View.SourcesOf(_view.CustomerId, target.Id).Where(source => !found.ContainsKey(source)))
        {
            found[source] = new RelyingSource(source, subscriptions.FirstOrDefault(other => source.Is(other.Id)), !isAddOn);
        }

        foreach (var digits in PurchaseMark.SourcesOf(target.FriendlyName).Where(digits => !PurchaseMark.AreOf(digits, target.Id)))
        {
            var named = subscriptions.Where(other => PurchaseMark.AreOf(digits, other.Id)).ToList();
            if (named.Count == 0 && !found.Keys.Any(known => PurchaseMark.AreOf(digits, known)))
            {
                // Another channel's units, or a subscription that is no longer listed: nothing says that it is over.
                found[SourceKey.From(digits)] = new RelyingSource(SourceKey.From(digits), Subscription: null, !isAddOn);
            }

            foreach (var source in named.Where(source => !found.ContainsKey(source.Id) && IsRelying(source, target)))
            {
                found[source.Id] = new RelyingSource(source.Id, source, !isAddOn);
            }
        }
    }

    // Named by the mark: nothing says that it is over, unless the journal does.
    private bool IsRelying(Subscription source, Subscription target)
    {
        var journal = _operation.Journal.View;
        return !journal.IsUndone(_view.CustomerId, source.Id)
            && !(journal.Purchase(_view.CustomerId, source.Id) is { SubscriptionId: { } other } && !other.Is(target.Id));
    }
}
