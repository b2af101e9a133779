using System.Globalization;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>How a target is obtained. What differs by method is in its type.</summary>
internal abstract record PurchaseMethod
{
    /// <summary>The subscription that is used or changed, or that an earlier run began with; null where one is bought.</summary>
    public Subscription? Existing { get; init; }

    /// <summary>The word that the journal has for it.</summary>
    public abstract JournalMethod Word { get; }

    /// <summary>Whether the target itself is paid for already, so that nothing is sent to get it.</summary>
    public virtual bool IsBought => false;

    /// <summary>Whether users move to the target; not where the source becomes it.</summary>
    public virtual bool MovesUsers => true;

    /// <summary>What makes a plan with this method another plan, beside what the purchase says.</summary>
    public virtual string Identity => Word.ToString();

    /// <summary>How many seats are bought.</summary>
    /// <param name="quantity">The seats there are to be in all.</param>
    public virtual int SeatsBought(int quantity) => quantity;

    /// <summary>How many seats the tenant does not have yet.</summary>
    /// <inheritdoc cref="SeatsBought"/>
    public virtual int SeatsToCome(int quantity) => SeatsBought(quantity);

    /// <summary>For a prompt: what is done.</summary>
    public abstract string Describe(Purchase purchase);

    /// <summary>For a summary: what is obtained, on what terms.</summary>
    public virtual string DescribeTerms(Purchase purchase) => $"{NameOf(purchase)} ({purchase.TermText})";

    /// <summary>For a check: why it is obtained in this way.</summary>
    public virtual string Explain(Purchase purchase)
    {
        return purchase.Offer.Limit is { } limit ? $"{limit} for each customer ({purchase.Offer.LimitUnit}); this one fits." : "Unlimited.";
    }

    protected static string NameOf(Purchase purchase) => purchase.Offer.Name ?? purchase.Offer.Id;

    protected static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
