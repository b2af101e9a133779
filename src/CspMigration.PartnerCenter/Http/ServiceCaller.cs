using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Sends calls on behalf of one operation and reads answers as resources.</summary>
internal sealed class ServiceCaller
{
    private readonly ServiceTransport _transport;
    private readonly CallContext _call;

    public ServiceCaller(ServiceTransport transport, CallContext call)
    {
        _transport = transport;
        _call = call;
    }

    public Task<ServiceReply> SendAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        return _transport.SendAsync(request, _call, cancellationToken);
    }

    /// <summary>Looks again and again, less and less often, until something is so.</summary>
    /// <param name="reason">What is waited for, for the observer.</param>
    /// <param name="isDone">Looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>RequestTimeout</c>: not so within the time a call may take.</exception>
    public Task PollAsync(string reason, Func<CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        return _transport.PollAsync(reason, isDone, _call, cancellationToken);
    }

    /// <summary>Makes a call that is composed from what it reads itself until its outcome is known: each attempt reads first.</summary>
    /// <param name="attempt">Reads, and sends unless what it read shows that nothing is to be done.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="CspMigrationException">Refused, or not answered within the time a call may take.</exception>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var startedAt = _transport.Now();
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await attempt(cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.OutcomeUnknown || e.ErrorId == PartnerCenterErrors.Throttled.Id)
            {
                var reason = e.OutcomeUnknown ? "service not available" : "throttled";
                if (!await _transport.TryPauseAsync(reason, failures, startedAt, _call, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>One resource.</summary>
    public async Task<T> GetAsync<T>(ServiceRoute route, string resource, Func<ResourceReader, T> read, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(ServiceRequest.Get(route), cancellationToken).ConfigureAwait(false);
        return read(new ResourceReader(reply.Body, resource));
    }

    /// <summary>What is read of a resource; null where the service does not have it, or not yet.</summary>
    public static async Task<T?> FindAsync<T>(Task<T> reading)
        where T : class
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.StatusCode == 404)
        {
            return null;
        }
    }

    /// <summary>A list that comes in one answer, or few.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(ServiceRoute route, string resource, Func<ResourceReader, T> read, CancellationToken cancellationToken)
    {
        var pages = new PageTrail(_transport.BaseAddress, resource);
        List<T>? items = null;
        for (var request = ServiceRequest.Get(route); request is not null;)
        {
            var reply = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            var page = ReadPage(reply, resource, read);
            items?.AddRange(page);
            items ??= page;
            request = pages.Next(reply.Body);
        }

        return items!;
    }

    /// <summary>A list, page by page to its end.</summary>
    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        ServiceRoute route,
        string resource,
        Func<ResourceReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageTrail(_transport.BaseAddress, resource);
        for (var request = ServiceRequest.Get(route); request is not null;)
        {
            var reply = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            yield return ReadPage(reply, resource, read);

            request = pages.Next(reply.Body);
        }
    }

    private static List<T> ReadPage<T>(ServiceReply reply, string resource, Func<ResourceReader, T> read)
    {
        return ResourceList.Read(reply.Body, resource).ConvertAll(reader => read(reader));
    }
}
