using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Planning;

/// <summary>What is checked of the customer and the sign-in, whatever is bought.</summary>
internal sealed class CustomerChecks
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;

    public CustomerChecks(PlanningContext context)
    {
        _context = context;
        _operation = context.Operation;
        _view = context.View;
    }

    /// <summary>Whether the cloud has what a migration needs (docs/rules.md, rule 19).</summary>
    public async Task<Finding> CheckCloudAsync(CancellationToken cancellationToken)
    {
        return Clouds.HasUserLicenses(_operation.Session.Partner.Environment)
            || (_operation.Session.Graph is not null && (await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false)).Api == LicenseApi.Graph)
            ? Finding.Pass("The cloud has everything the migration needs.")
            : throw PartnerCenterErrors.NoDelegatedRights.Exception(
                "In the cloud operated by 21Vianet, Partner Center has no interface for users' licenses, and Microsoft Graph cannot be used with this sign-in at this customer.",
                remedy: Remedies.BuyWithoutSource());
    }

    /// <summary>Reads the customer, who must be ours (docs/rules.md, rule 16).</summary>
    /// <exception cref="CspMigrationException"><c>NoDelegatedRights</c>.</exception>
    public async Task<Finding> CheckRelationshipAsync(CancellationToken cancellationToken)
    {
        var customer = await _view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        _context.Customer = customer;
        _context.Country = customer.Country ?? _operation.Session.Partner.Country
            ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service does not say in which country {customer.CompanyName} is.");
        return customer.IsOurs
            ? Finding.Pass("Reseller.")
            : throw PartnerCenterErrors.NoDelegatedRights.Exception(
                $"The relationship to {customer.CompanyName} is \"{customer.RelationshipToPartner}\": only a reseller may buy.",
                remedy: Remedies.InviteCustomer());
    }

    /// <summary>Whether partner and customer are in one sales region (docs/rules.md, rule 17).</summary>
    public Finding CheckCountry()
    {
        var partner = _operation.Session.Partner.Country;
        if (partner is null)
        {
            return Finding.NotApplicable("The service does not say in which country the partner is.");
        }

        return SalesRegions.MaySell(partner, _context.Country) switch
        {
            true => Finding.Pass($"Partner in {partner}, customer in {_context.Country}."),
            false => throw PartnerCenterErrors.CountryMismatch.Exception($"The partner is in {partner}, the customer {_context.CustomerName} in {_context.Country}."),
            _ => Finding.Unknown(
                $"The partner is in {partner}, the customer in {_context.Country}: whether both are in one sales region shows only when something is bought.",
                PartnerCenterErrors.CountryMismatch),
        };
    }

    /// <summary>Before buying, proves that licenses can be moved (docs/rules.md, rule 22).</summary>
    public async Task<Finding> CheckRightsAsync(CancellationToken cancellationToken)
    {
        if (await _operation.Session.IsAppOnlyAsync(_operation.Observer, cancellationToken).ConfigureAwait(false))
        {
            throw PartnerCenterErrors.AppOnlyToken.Exception("This sign-in is an application's own (app-only); users' licenses can only be moved on behalf of a user.");
        }

        _ = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        return Finding.Pass("The sign-in can read the customer's SKUs, and so move licenses.");
    }

    /// <summary>Whether the customer belongs to the segment an offer is sold to (docs/rules.md, rule 6).</summary>
    public async Task<Finding> CheckSegmentAsync(Sale sale, CancellationToken cancellationToken)
    {
        var segment = sale.Offer.Segment;
        if (segment is null or Segments.Commercial)
        {
            return Finding.Pass("Sold to everybody.");
        }

        var qualifications = await _view.QualificationsAsync(cancellationToken).ConfigureAwait(false);
        return Segments.MayBuy(segment, qualifications)
            ? Finding.Pass($"The customer is qualified for {segment}.")
            : throw PartnerCenterErrors.SegmentMismatch.Exception($"{sale.Offer.Name} is sold to {segment} customers only; {_context.CustomerName} is not qualified as one.");
    }

    /// <summary>Nothing is sold to a customer who has not accepted the customer agreement (docs/partner-center.md §3: code 13605).</summary>
    public async Task<Finding> CheckAgreementAsync(CancellationToken cancellationToken)
    {
        return await _view.HasAgreementAsync(cancellationToken).ConfigureAwait(false)
                ? Finding.Pass("The customer's acceptance is recorded.")
                : throw PartnerCenterErrors.AgreementMissing.Exception($"The acceptance of the customer agreement by {_context.CustomerName} is not recorded.");
    }

    /// <summary>Whether the reseller of record is one (docs/rules.md, rule 21).</summary>
    /// <exception cref="CspMigrationException"><c>ResellerNotValid</c>.</exception>
    public async Task<Finding> CheckPartnerOfRecordAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.PartnerIdOnRecord is not { Length: > 0 } partnerId || !purchase.IsOrdered)
        {
            return Finding.NotApplicable(purchase.IsOrdered ? "The purchase has none." : "Nothing is ordered.");
        }

        var (isValid, reason) = await _operation.Session.Resellers.FindAsync(_operation.Client, partnerId, cancellationToken).ConfigureAwait(false);
        return isValid switch
        {
            true => Finding.Pass($"The purchase carries the partner {partnerId}."),
            false => throw PartnerCenterErrors.ResellerNotValid.Exception($"The purchase would carry the partner {partnerId} as its reseller; the service knows no such partner."),
            _ => Finding.Unknown($"Whether {partnerId} is a valid partner could not be read: {reason}", PartnerCenterErrors.ResellerNotValid),
        };
    }
}
