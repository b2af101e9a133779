using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Planning;

/// <summary>The command that makes a purchase with another number of seats, as it is pasted. It ends a text, without a full stop.</summary>
internal sealed class PurchaseLine
{
    private readonly string _customerId;
    private readonly IReadOnlyList<MigrationCase> _cases;
    private readonly PurchaseOptions _options;

    /// <param name="customerId">The customer.</param>
    /// <param name="cases">The sources it is for; none for a purchase without one.</param>
    /// <param name="options">What was asked for besides.</param>
    public PurchaseLine(string customerId, IReadOnlyList<MigrationCase> cases, PurchaseOptions options)
    {
        _customerId = customerId;
        _cases = cases;
        _options = options;
    }

    /// <summary>The command; the parameter alone for several sources that share a purchase: they come down a pipeline, which only who wrote it knows.</summary>
    public string With(int seats)
    {
        var quantity = string.Format(CultureInfo.InvariantCulture, "-Quantity {0}", seats);
        return _options.IsApproved ? $"make the plan again with {quantity}"
            : _cases.Count > 1 || (_cases.Count == 1 && _cases[0].Row.SubscriptionId is null) ? quantity
            : $"{Command()} {quantity}";
    }

    private string Command()
    {
        var line = new StringBuilder($"New-TargetSubscription -CustomerId {_customerId}");
        if (_cases.Count == 1)
        {
            _ = line.Append($" -SubscriptionId {_cases[0].Row.SubscriptionId}");
        }

        Add("Target", _options.Target);
        Add("BillingCycle", _options.BillingCycle);
        Add("Term", _options.Term);
        Add("TermEndDate", _options.TermEndDate?.ToString("O", CultureInfo.InvariantCulture));
        if (_options.AddOns.Count > 0)
        {
            _ = line.Append($" -AddOn {string.Join(", ", _options.AddOns.Select(Pasteable.Quote))}");
        }

        Add("PartnerIdOnRecord", _options.PartnerIdOnRecord);
        Add("FriendlyName", _options.FriendlyName);
        Add("Commerce", _options.Commerce == CommerceChoice.Auto ? null : _options.Commerce.ToString());
        return line.ToString();

        void Add(string parameter, string? value)
        {
            if (value is not null)
            {
                _ = line.Append($" -{parameter} {Pasteable.Quote(value)}");
            }
        }
    }
}
