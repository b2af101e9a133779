using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Users;

/// <summary>Exchanges the licenses of groups, each by one write (docs/rules.md, rule 31).</summary>
internal sealed class GroupLicenseUpdater
{
    private readonly MigrationOperation _operation;
    private readonly CustomerId _customerId;
    private readonly GroupLicenses _groups;

    /// <param name="operation">Whose work it is.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="groups">The customer's groups.</param>
    public GroupLicenseUpdater(MigrationOperation operation, CustomerId customerId, GroupLicenses groups)
    {
        _operation = operation;
        _customerId = customerId;
        _groups = groups;
    }

    /// <summary>Exchanges the licenses of a group. After a lost answer the group is read, and the exchange sent again only where it was not made.</summary>
    /// <param name="update">The exchange.</param>
    /// <param name="isMade">Whether the group shows it already, so that it is only written down.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it was refused; null where it is made.</returns>
    /// <exception cref="CspMigrationException">Whether it is made is not known.</exception>
    public async Task<CspMigrationException?> SendAsync(GroupUpdate update, bool isMade, CancellationToken cancellationToken)
    {
        var intended = Intend(update);
        await _operation.Journal.AppendAsync(intended, cancellationToken).ConfigureAwait(false);
        var error = isMade ? null : await SendUntilKnownAsync(update, cancellationToken).ConfigureAwait(false);
        if (error is not null)
        {
            await _operation.Journal.AppendAsync(intended.Settled(_operation.Time.GetUtcNow(), done: false, error.ServiceCode ?? error.ErrorId), cancellationToken).ConfigureAwait(false);
        }

        return error;
    }

    /// <summary>Writes down that an exchange is done, and every member has a license: until then an interrupted command looks after them again.</summary>
    /// <param name="update">The exchange.</param>
    /// <param name="moved">The users who were moved with the group.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task SettleAsync(GroupUpdate update, IReadOnlyCollection<UserId> moved, CancellationToken cancellationToken) => SettleAsync(Intend(update), moved, cancellationToken);

    /// <inheritdoc cref="SettleAsync(GroupUpdate, IReadOnlyCollection{UserId}, CancellationToken)"/>
    public Task SettleAsync(GroupIntended intended, IReadOnlyCollection<UserId> moved, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync((intended with { UserIds = [.. moved] }).Settled(_operation.Time.GetUtcNow(), done: true, reason: null), cancellationToken);
    }

    /// <summary>Writes down that an exchange that a command began was not made.</summary>
    public Task CloseAsync(GroupIntended intended, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(intended.Settled(_operation.Time.GetUtcNow(), done: false, reason: "NotMade"), cancellationToken);
    }

    private GroupIntended Intend(GroupUpdate update) => new()
    {
        At = _operation.Time.GetUtcNow(),
        CustomerId = _customerId,
        Sources = update.Sources,
        GroupId = update.Group.Id,
        Direction = update.IsBack ? MoveDirection.Back : null,
        FromSkuIds = update.Remove,
        ToSkuIds = [.. update.Assign.Select(sku => sku.Key)],
        SwitchedOffPlansBySku = update.SwitchedOffBySku,
        PlansSetOffBySku = update.SetOffBySku,
        UserIds = [.. update.Members],
    };

    private async Task<CspMigrationException?> SendUntilKnownAsync(GroupUpdate update, CancellationToken cancellationToken)
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            CspMigrationException error;
            try
            {
                await _groups.ChangeAsync(update.Group.Id, update.Assign, update.Remove, cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (CspMigrationException e)
            {
                error = e;
            }

            // An exchange that is repeated is refused: only the group itself shows whether it was made.
            if (await _groups.FindAsync(update.Group.Id, cancellationToken).ConfigureAwait(false) is { } now && update.IsMadeIn(now))
            {
                _operation.Observer.Verbose($"The answer to the change of the group {update.Group.Name} was lost, but it was done.");
                return null;
            }

            if (!error.OutcomeUnknown)
            {
                return error;
            }

            var delay = retry.BackOff(failures);
            if (_operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
            {
                throw error;
            }

            _operation.Observer.Verbose($"The answer to the change of the group {update.Group.Name} was lost, and it was not done: sent again.");
            _operation.Observer.Waiting("the change of the group not answered", delay);
            await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }
}
