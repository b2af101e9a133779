using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Journal;

/// <summary>The purchases that no subscription is known of, by request and by customer. Not safe for several threads.</summary>
internal sealed class OpenPurchases
{
    private readonly Dictionary<Guid, OpenPurchase> _byRequest = [];
    private readonly Dictionary<JournalKey, List<Guid>> _requests = [];

    /// <summary>The purchase of a request; null where it is not open.</summary>
    public OpenPurchase? Find(Guid requestId) => _byRequest.TryGetValue(requestId, out var open) ? open : null;

    /// <summary>Opens a purchase, or says more about one that is open.</summary>
    public void Set(Guid requestId, OpenPurchase open)
    {
        Remove(requestId);
        _byRequest.Add(requestId, open);
        if (!_requests.TryGetValue(CustomerOf(open), out var requests))
        {
            _requests.Add(CustomerOf(open), requests = []);
        }

        requests.Add(requestId);
    }

    /// <summary>Closes a purchase, where it is open.</summary>
    public void Remove(Guid requestId)
    {
        if (Find(requestId) is not { } open)
        {
            return;
        }

        _ = _byRequest.Remove(requestId);
        var requests = _requests[CustomerOf(open)];
        _ = requests.Remove(requestId);
        if (requests.Count == 0)
        {
            _ = _requests.Remove(CustomerOf(open));
        }
    }

    /// <summary>The open purchases of a customer, in their order.</summary>
    public IReadOnlyList<OpenPurchase> Of(CustomerId? customerId)
    {
        return _requests.TryGetValue(new JournalKey(customerId, about: null), out var requests) ? [.. requests.Select(requestId => _byRequest[requestId])] : [];
    }

    private static JournalKey CustomerOf(OpenPurchase open) => new(open.Intent.CustomerId, about: null);
}
