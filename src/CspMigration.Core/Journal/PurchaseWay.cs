namespace CspMigration.Core.Journal;

/// <summary>How a successor is got.</summary>
internal enum PurchaseWay
{
    /// <summary>It is there: bought by an earlier run, or found with enough free seats.</summary>
    None,

    /// <summary>An earlier run bought it, and its subscription is not known yet: it is waited for.</summary>
    Awaited,

    /// <summary>A legacy order.</summary>
    Order,

    /// <summary>An extra line on the order of the base.</summary>
    AddOnOrder,

    /// <summary>A cart and its checkout.</summary>
    Cart,

    /// <summary>A suspended subscription is made active again.</summary>
    Reactivation,

    /// <summary>An existing subscription gets more seats.</summary>
    Resize,

    /// <summary>The trial becomes a paid subscription in place.</summary>
    Conversion,

    /// <summary>The service changes the source in place.</summary>
    Transition,

    /// <summary>The source becomes the target when its term renews.</summary>
    Renewal,
}
