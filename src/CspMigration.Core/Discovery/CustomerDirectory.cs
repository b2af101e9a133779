using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Discovery;

/// <summary>Finds customers by what a user calls them: tenant id, company name or domain.</summary>
public sealed class CustomerDirectory
{
    private readonly MigrationOperation _operation;

    internal CustomerDirectory(MigrationOperation operation) => _operation = operation;

    /// <summary>The tenant id a text is, as the service writes it, in whatever form a GUID is written; null for a name, which has to be looked up.</summary>
    public static string? IdOf(string name)
    {
        return Guid.TryParseExact(name.Trim(), "D", out _) ? name.Trim() : Guid.TryParse(name, out var id) ? id.ToString("D") : null;
    }

    /// <summary>The id of the one customer that is called so, in any case; an id is taken as it is, without a call.</summary>
    /// <exception cref="CspMigrationException"><c>CustomerNotFound</c>: no customer has the name, or several have.</exception>
    public async Task<string> FindIdAsync(string name, CancellationToken cancellationToken)
    {
        if (IdOf(name) is { } id)
        {
            return id.ToString();
        }

        var wanted = Cleaned(name);
        var customers = await SearchAsync(wanted, IsDomain(wanted), customer => IsCalled(customer, wanted), cancellationToken).ConfigureAwait(false);
        return customers.Count switch
        {
            1 => customers[0].Id.ToString(),
            0 => throw NotFound(name, new Wildcard(wanted).IsPattern ? Remedies.NameInFull() : null),
            _ => throw Ambiguous(name, customers),
        };
    }

    /// <summary>Looks whether there is a customer of this id.</summary>
    /// <exception cref="CspMigrationException"><c>CustomerNotFound</c>: there is none.</exception>
    public Task CheckAsync(string customerId, CancellationToken cancellationToken) => _operation.Client.Customers.GetAsync(CustomerId.From(customerId), cancellationToken);

    /// <summary>The customers a name or a pattern means.</summary>
    /// <exception cref="CspMigrationException"><c>CustomerNotFound</c>: no customer has the name. A pattern may match none.</exception>
    internal async Task<IReadOnlyList<Customer>> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (IdOf(name) is { } id)
        {
            return [await _operation.Client.Customers.GetAsync(CustomerId.From(id), cancellationToken).ConfigureAwait(false)];
        }

        var wanted = new Wildcard(Cleaned(name));
        var customers = await SearchAsync(wanted.Prefix, IsDomain(wanted.Text), customer => IsCalled(customer, wanted), cancellationToken).ConfigureAwait(false);
        return customers.Count == 0 && !wanted.IsPattern ? throw NotFound(name) : customers;
    }

    /// <summary>Whether a name or a pattern matches a customer; looked for only until the first is found.</summary>
    /// <exception cref="CspMigrationException"><c>CustomerNotFound</c>: no customer has the name. A pattern may match none.</exception>
    internal async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        var wanted = new Wildcard(Cleaned(name));
        if (IdOf(name) is not null || !wanted.IsPattern)
        {
            return (await FindAsync(name, cancellationToken).ConfigureAwait(false)).Count > 0;
        }

        await foreach (var page in PagesAsync(wanted.Prefix, IsDomain(wanted.Text), cancellationToken).ConfigureAwait(false))
        {
            if (page.Any(customer => IsCalled(customer, wanted)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a customer is meant by a name or a pattern, or by its id.</summary>
    internal static bool IsMeant(Customer customer, Wildcard wanted) => wanted.Matches(customer.Id.ToString()) || IsCalled(customer, wanted);

    // A pattern means domains only where it looks like one: "c*" is for names.
    private static bool IsCalled(Customer customer, Wildcard wanted)
    {
        return wanted.Matches(customer.CompanyName) || (IsDomain(wanted.Text) && wanted.Matches(customer.Domain));
    }

    private static bool IsCalled(Customer customer, string name) => Names.AreSame(customer.CompanyName, name) || Names.AreSame(customer.Domain, name);

    // A name that is pasted brings quotes and the no-break spaces of a page or a mail with it.
    private static string Cleaned(string name)
    {
        var text = new string([.. name.Select(character => char.IsWhiteSpace(character) ? ' ' : character)]).Trim();
        return text.Trim('"', '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB').Trim();
    }

    private static bool IsDomain(string name) => name.IndexOf('.') >= 0 && !name.Any(char.IsWhiteSpace);

    private async Task<IReadOnlyList<Customer>> SearchAsync(string prefix, bool mayBeDomain, Func<Customer, bool> isMeant, CancellationToken cancellationToken)
    {
        var found = new Dictionary<CustomerId, Customer>();
        await foreach (var page in PagesAsync(prefix, mayBeDomain, cancellationToken).ConfigureAwait(false))
        {
            foreach (var customer in page.Where(isMeant))
            {
                found[customer.Id] = customer;
            }
        }

        return [.. found.Values];
    }

    // The service searches by the beginning of a name, or of a domain.
    private async IAsyncEnumerable<IReadOnlyList<Customer>> PagesAsync(string prefix, bool mayBeDomain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var client = _operation.Client.Customers;
        IAsyncEnumerable<IReadOnlyList<Customer>>[] lists = prefix.Length == 0
            ? [client.PagesAsync(cancellationToken)]
            : mayBeDomain
            ? [client.NamedPagesAsync(prefix, cancellationToken), client.DomainPagesAsync(prefix, cancellationToken)]
            : [client.NamedPagesAsync(prefix, cancellationToken)];
        foreach (var list in lists)
        {
            await foreach (var page in list.ConfigureAwait(false))
            {
                yield return page;
            }
        }
    }

    // The service finds no near names, so only those that the session has read can be offered.
    private CspMigrationException NotFound(string name, Remedy? remedy = null)
    {
        var seen = _operation.Session.Seen.Customers;
        var question = NearNames.Question(name, seen.Select(customer => IsDomain(name) ? customer.Domain : customer.Name));
        return PartnerCenterErrors.CustomerNotFound.Exception($"No customer has the name or the domain \"{name}\".{question}", customerId: CustomerId.FromOrNull(name), remedy: remedy);
    }

    private static CspMigrationException Ambiguous(string name, IReadOnlyList<Customer> customers)
    {
        var listed = Enumeration.OfSome(customers.Select(customer => $"{customer.Id} ({customer.CompanyName}, {customer.Domain})"));
        return PartnerCenterErrors.CustomerNotFound.Exception(
            $"{customers.Count} customers are called \"{name}\": {listed}.", customerId: CustomerId.FromOrNull(name), remedy: Remedies.NameById());
    }
}
