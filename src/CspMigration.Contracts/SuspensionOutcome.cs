namespace CspMigration.Contracts;

/// <summary>What was done, or in a plan will be done, with the source.</summary>
public enum SuspensionOutcome
{
    /// <summary>Its status is now suspended.</summary>
    Suspended,

    /// <summary>It was suspended before.</summary>
    AlreadySuspended,

    /// <summary>New commerce: auto-renew is off, but the service did not take the cancellation: it may extend the term.</summary>
    AutoRenewOff,

    /// <summary>New commerce, within 7 days of purchase or renewal: deleted.</summary>
    Cancelled,

    /// <summary>Left to expire at the end of its term, as asked.</summary>
    LeftToTermEnd,

    /// <summary>Bought through another channel: the customer cancels it there.</summary>
    LeftToOtherChannel,

    /// <summary>Source and target are one subscription: nothing to suspend.</summary>
    Kept,

    /// <summary>Its term was over before (expired, disabled), or it was deleted: nothing was left to suspend.</summary>
    AlreadyEnded,

    /// <summary>New commerce: auto-renew is off and it is canceled at the end of its term, so that no paid extension follows.</summary>
    EndsWithTerm,
}
