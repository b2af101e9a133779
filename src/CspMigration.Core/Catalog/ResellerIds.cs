using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter;

namespace CspMigration.Core.Catalog;

/// <summary>Which partner ids may be on record, as the session has asked: once an id.</summary>
internal sealed class ResellerIds
{
    private readonly AsyncCache<string, Answer> _answers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a partner id is valid; null, with the reason, where the sign-in may not ask.</summary>
    public async Task<(bool? IsValid, string? Reason)> FindAsync(PartnerCenterClient client, string partnerId, CancellationToken cancellationToken)
    {
        var answer = await _answers.GetAsync(partnerId, token => QueryAsync(client, partnerId, token), cancellationToken).ConfigureAwait(false);
        return (answer.IsValid, answer.Reason);
    }

    private static async Task<Answer> QueryAsync(PartnerCenterClient client, string partnerId, CancellationToken cancellationToken)
    {
        try
        {
            return new Answer(await client.Profiles.IsPartnerIdValidAsync(partnerId, cancellationToken).ConfigureAwait(false), Reason: null);
        }
        catch (CspMigrationException e) when (e.StatusCode is 400 or 403 or 404)
        {
            // A purchase is not held up by a question that is refused: the service asks it again when it is made.
            return new Answer(IsValid: null, e.Problem);
        }
    }

    private sealed record Answer(bool? IsValid, string? Reason);
}
