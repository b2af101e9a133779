using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Journal;

/// <summary>A purchase whose end the journal does not know: it was announced, and no subscription is known to have come of it.</summary>
/// <param name="Intent">What was announced.</param>
/// <param name="IsAccepted">Whether the service accepted it: then it is bought and only to be found, never to be sent again.</param>
/// <param name="OrderId">The order it was accepted as; null where that is not known.</param>
internal sealed record OpenPurchase(PurchaseIntended Intent, bool IsAccepted, OrderId? OrderId);
