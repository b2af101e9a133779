using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Targets that cannot be purchased, or not by an order.</summary>
internal static class SaleCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new("Successor not in the catalog", "Does not list Operations Activity as an offer; new commerce sells it.", EdgeCase.Source(OfferIds.AxTask)),
        new(
            "Successor listed but not for sale",
            "Lists Operations Device as not for sale and refuses orders (2091); new commerce sells it.",
            EdgeCase.Source(OfferIds.AxDevice)),
        new("Order refused", "Lists the offer as for sale and refuses the order (2091); new commerce sells it.", EdgeCase.Source(OfferIds.CrmProfessional))
        {
            Terms = new CustomerTerms { LegacyOrders = LegacyRefusal.NoLongerSold },
        },
        new("Order refers to products", "Refuses the order because the item is a product (2100); new commerce sells it.", EdgeCase.Source(OfferIds.CrmProfessional))
        {
            Terms = new CustomerTerms { LegacyOrders = LegacyRefusal.UnknownItem },
        },
        new(
            "Successor not on sale",
            "Neither commerce sells the Unified Operations Plan; the Dynamics 365 Plan is for sale.",
            EdgeCase.Source(OfferIds.AxEnterprise, seats: 25, holders: 20)),
        new(
            "Cart line refused",
            "Refuses the order (2091); new commerce offers the plan and refuses it once it is in a cart (10003).",
            EdgeCase.Source(OfferIds.CrmProfessional))
        {
            Terms = new CustomerTerms { LegacyOrders = LegacyRefusal.NoLongerSold, CartLinesAreRefused = true },
        },
        new("Agreement missing", "Refuses orders and checkouts until the customer agreement is recorded (13605).", EdgeCase.Source(OfferIds.CrmProfessional))
        {
            Terms = new CustomerTerms { LacksAgreement = true },
        },
        new(
            "Education customer",
            "Qualified for education: new commerce offers the education and the commercial availabilities; orders are refused (2091).",
            builder =>
            {
                EdgeCase.Source(OfferIds.AxSelfServe)(builder);
                builder.Qualify("Education");
            })
        {
            Terms = new CustomerTerms { LegacyOrders = LegacyRefusal.NoLongerSold },
        },
        new("Provisioning fails", "Accepts the order but never provisions the seats: the provisioning status is failed.", EdgeCase.Source(OfferIds.CrmProfessional))
        {
            Terms = new CustomerTerms { ProvisioningFails = true },
        },
    ];
}
