using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Discovery;

/// <summary>Prepares the reseller relationship with someone who is not yet a customer (docs/rules.md, rule 16).</summary>
public sealed class RelationshipStep
{
    private readonly MigrationOperation _operation;

    internal RelationshipStep(MigrationOperation operation) => _operation = operation;

    /// <summary>The invitation. The service only gives the link; nothing tells when it is accepted but the customer in the list.</summary>
    /// <param name="customer">The customer's mail address or domain.</param>
    /// <param name="language">The language of the mail; null for English.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ResellerInvitation> InviteAsync(string customer, ReportLanguage? language, CancellationToken cancellationToken)
    {
        var text = await _operation.Client.Customers.GetRelationshipRequestLinkAsync(cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var link) || link.Scheme != Uri.UriSchemeHttps)
        {
            throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service's invitation link is not an https address.");
        }

        var texts = TextTable.Invitation(language ?? ReportLanguage.English);
        var partner = _operation.Session.Partner.Name ?? texts["We"];
        return new ResellerInvitation
        {
            PartnerTenantId = _operation.PartnerTenantId,
            Customer = customer,
            Link = link,
            Subject = Format("Subject"),
            Body = string.Join(Environment.NewLine, texts["Greeting"], "", Format("Request"), texts["Accept"], "", link.AbsoluteUri, "", texts["Closing"]),
        };

        string Format(string key) => string.Format(CultureInfo.InvariantCulture, texts[key], partner, customer);
    }
}
