using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Discovery;

/// <summary>Prepares the reseller relationship with somebody who is not yet a customer (docs/rules.md, rule 16).</summary>
public sealed class RelationshipStep
{
    private readonly MigrationOperation _operation;

    internal RelationshipStep(MigrationOperation operation) => _operation = operation;

    /// <summary>The invitation. The service only gives the link; nothing tells when it is accepted but the customer in the list.</summary>
    /// <param name="customer">The customer's mail address or domain.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ResellerInvitation> InviteAsync(string customer, CancellationToken cancellationToken)
    {
        var text = await _operation.Client.Customers.GetRelationshipRequestLinkAsync(cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var link) || link.Scheme != Uri.UriSchemeHttps)
        {
            throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service's invitation link is not an https address.");
        }

        var partner = _operation.Session.Partner.Name ?? "we";
        return new ResellerInvitation
        {
            PartnerTenantId = _operation.PartnerTenantId,
            Customer = customer,
            Link = link,
            Subject = $"{partner}: please confirm us as your Microsoft cloud reseller",
            Body = string.Join(
                Environment.NewLine,
                "Hello,",
                "",
                $"{partner} would like to manage the Microsoft subscriptions of {customer} for you.",
                "Please have a global administrator of your tenant open this link and accept the invitation:",
                "",
                link.AbsoluteUri,
                "",
                "Your users keep working as before. As soon as you have accepted, we can order the new subscriptions and move the licenses."),
        };
    }
}
