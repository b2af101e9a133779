using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// Chooses the service for the licenses of each customer, once a connection (docs/rules.md, rule 30): Microsoft Graph where the sign-in has the
/// scopes and a first reading succeeds, else Partner Center. What was chosen stays.
/// </summary>
internal sealed class LicenseServices
{
    private static readonly string[] ToRead = ["User.Read.All", "Directory.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];
    private static readonly string[] ToAssign = ["LicenseAssignment.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];

    private readonly AsyncCache<CustomerId, ILicenseService> _services = new();

    /// <summary>The service for a customer.</summary>
    /// <exception cref="CspMigrationException"><c>GraphNotAvailable</c>: Microsoft Graph was asked for and cannot be used there.</exception>
    public static Task<ILicenseService> OfAsync(MigrationOperation operation, CustomerId customerId, CancellationToken cancellationToken)
    {
        return operation.Kept<LicenseServices>()._services.GetAsync(customerId, async token => (await ChooseAsync(operation, customerId, token).ConfigureAwait(false)).Service, cancellationToken);
    }

    /// <summary>The units of every directory SKU of a customer. Where the choice is yet to be made, this is the reading that makes it.</summary>
    public static async Task<IReadOnlyList<SubscribedSku>> ReadSkusAsync(MigrationOperation operation, CustomerId customerId, CancellationToken cancellationToken)
    {
        IReadOnlyList<SubscribedSku>? read = null;
        var service = await operation.Kept<LicenseServices>()._services.GetAsync(
            customerId,
            async token =>
            {
                (var chosen, read) = await ChooseAsync(operation, customerId, token).ConfigureAwait(false);
                return chosen;
            },
            cancellationToken).ConfigureAwait(false);
        return read ?? await service.ListSkusAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(ILicenseService Service, IReadOnlyList<SubscribedSku>? Skus)> ChooseAsync(MigrationOperation operation, CustomerId customerId, CancellationToken cancellationToken)
    {
        IReadOnlyList<SubscribedSku>? skus = null;
        GraphLicenses? graph = null;
        var api = await operation.Session.LicenseApis.GetAsync(customerId, DecideAsync, cancellationToken).ConfigureAwait(false);
        return (api == LicenseApi.Graph ? graph ?? Graph() : new PartnerCenterLicenses(operation, customerId), skus);

        GraphLicenses Graph() => new(operation, operation.Session.Graph!.For(customerId, operation.Call));

        async Task<LicenseApi> DecideAsync(CancellationToken token)
        {
            var isAsked = operation.Session.Options.LicenseApi == LicenseApi.Graph;
            if (operation.Session.Graph is not { } connection)
            {
                return LicenseApi.PartnerCenter;
            }

            if (operation.Session.GraphUnreachable is { } unreachable && !isAsked)
            {
                return FallBack(unreachable);
            }

            try
            {
                // The reading first: it waits for a sign-in that is not available for a moment.
                graph = Graph();
                skus = await graph.ListSkusAsync(token).ConfigureAwait(false);
                var scopes = await connection.FindScopesAsync(customerId, operation.Observer, token).ConfigureAwait(false);
                return Missing(scopes) is not { } missing ? LicenseApi.Graph
                    : isAsked ? throw GraphNotAvailable(customerId, missing, inner: null)
                    : FallBack(missing);
            }
            catch (CspMigrationException e) when (e.ErrorId != ErrorCatalog.GraphNotAvailable.Id && !(isAsked && RetryRules.IsTransient(e)))
            {
                if (RetryRules.IsTransient(e) && !operation.Session.LicenseApis.Values.Contains(LicenseApi.Graph))
                {
                    operation.Session.GraphUnreachable = e.Problem;
                }

                return isAsked ? throw GraphNotAvailable(customerId, e.Problem, e) : FallBack(e.Problem);
            }
        }

        LicenseApi FallBack(string reason)
        {
            (graph, skus) = (null, null);
            operation.Session.GraphFallbacks[customerId] = reason;
            operation.Observer.Verbose($"The licenses of {customerId} are read and moved through Partner Center, not Microsoft Graph: {reason}");
            return LicenseApi.PartnerCenter;
        }
    }

    private static string? Missing(IReadOnlyList<string> scopes)
    {
        return !Has(ToRead) ? $"the application has none of the permissions {string.Join(", ", ToRead)} there."
            : !Has(ToAssign) ? $"the application has none of the permissions {string.Join(", ", ToAssign)} there."
            : null;

        bool Has(string[] any) => any.Any(scope => scopes.Contains(scope, StringComparer.OrdinalIgnoreCase));
    }

    private static CspMigrationException GraphNotAvailable(CustomerId customerId, string reason, CspMigrationException? inner)
    {
        return ErrorCatalog.GraphNotAvailable.Exception($"Microsoft Graph cannot be used for the customer {customerId}: {reason}", customerId, inner: inner);
    }
}
