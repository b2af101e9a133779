using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Status;

/// <summary>The sign-in names of a customer's users, which no journal keeps: from the session, else read once for all the customer's migrations.</summary>
internal sealed class UserNames
{
    private readonly MigrationOperation _operation;
    private readonly Customer _customer;
    private Dictionary<UserId, string?>? _read;

    public UserNames(MigrationOperation operation, Customer customer)
    {
        _operation = operation;
        _customer = customer;
    }

    /// <summary>The same move with the names of its users, as far as they can be read.</summary>
    public async Task<LicenseMove> AddToAsync(LicenseMove move, CancellationToken cancellationToken)
    {
        var users = move.Users.Select(_operation.Session.Seen.Named).ToList();
        if (users.Exists(user => user.UserPrincipalName is null))
        {
            var names = _read ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
            users = users.ConvertAll(user => user.User is { } id && names.TryGetValue(id, out var name) ? user with { UserPrincipalName = name } : user);
        }

        return move with { Users = users };
    }

    private async Task<Dictionary<UserId, string?>> ReadAsync(CancellationToken cancellationToken)
    {
        var names = new Dictionary<UserId, string?>();
        try
        {
            await foreach (var page in _operation.Client.Users.PagesAsync(_customer.Id, cancellationToken).ConfigureAwait(false))
            {
                foreach (var user in page)
                {
                    names[user.Id] = user.UserPrincipalName;
                }
            }
        }
        catch (CspMigrationException e)
        {
            _operation.Observer.Verbose($"The names of the users of {_customer.CompanyName} could not be read: {e.Problem}");
        }

        return names;
    }
}
