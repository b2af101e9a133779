using System;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>The partner's confirmation that a customer has accepted an agreement.</summary>
internal sealed class Agreement
{
    public AgreementTemplate Template { get; init; } = AgreementTemplate.CustomerAgreement;

    /// <summary>When the customer accepted it, according to the partner.</summary>
    public DateTimeOffset AgreedOn { get; init; }

    /// <summary>The person who accepted it for the customer.</summary>
    public Contact Contact { get; init; } = new();

    /// <summary>The partner's user who confirmed it.</summary>
    public string UserId { get; init; } = "";
}
