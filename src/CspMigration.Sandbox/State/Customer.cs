using System;

namespace CspMigration.Sandbox.State;

/// <summary>A customer. Its account is created on first use, so that a partner can have very many customers.</summary>
internal sealed class Customer
{
    public const string Reseller = "reseller";

    private readonly Func<Customer, Account> _fill;
    private volatile string _relationship = Reseller;
    private Account? _account;
    private BillingProfile? _billing;

    public Customer(string id, string companyName, string domain, Func<Customer, Account> fill)
    {
        Id = id;
        CompanyName = companyName;
        Domain = domain;
        _fill = fill;
    }

    /// <summary>Held while the account is read or written, never while waiting.</summary>
    public object Gate { get; } = new();

    public string Id { get; }

    public string CompanyName { get; }

    public string Domain { get; }

    public string Country { get; init; } = "US";

    /// <summary><c>reseller</c>, <c>advisor</c> or <c>none</c>.</summary>
    public string Relationship
    {
        get => _relationship;
        set => _relationship = value;
    }

    /// <summary>The billing profile.</summary>
    public BillingProfile Billing
    {
        get => _billing ??= BillingProfile.Of(this);
        set => _billing = value;
    }

    /// <summary>The indirect reseller that it was created for; null for none.</summary>
    public string? AssociatedPartnerId { get; init; }

    public bool IsListed => Relationship != "none";

    public bool IsReseller => Relationship == Reseller;

    public CustomerTerms Terms { get; init; } = CustomerTerms.Usual;

    /// <summary>Why the partner's users may not act in the customer's directory; null if they may.</summary>
    public DelegationRefusal? DelegationRefusal { get; init; }

    /// <summary>Whether the account was used before.</summary>
    public bool IsOpen => _account != null;

    /// <summary>The account as of now.</summary>
    public Account Open(DateTimeOffset now)
    {
        _account ??= _fill(this);
        _account.CatchUp(now);
        return _account;
    }

    /// <summary>The account for reading; an unused one is created but not kept.</summary>
    public Account Peek(DateTimeOffset now)
    {
        var account = _account ?? _fill(this);
        account.CatchUp(now);
        return account;
    }
}
