using System;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Gateway;

/// <summary>Checks what a route needs, runs its operation, and turns errors into answers.</summary>
internal sealed class RouteExecutor
{
    private readonly World _world;
    private readonly RequestLog _log;
    private readonly RequestMemory _memory = new();
    private readonly Quirks? _quirks;

    public RouteExecutor(World world, RequestLog log)
    {
        _world = world;
        _log = log;
        _quirks = world.HasQuirks ? new Quirks(world.Ids) : null;
    }

    /// <exception cref="GatewayException">The request has no valid token.</exception>
    public EncodedAnswer Answer(SandboxRequest request, RouteMatch match)
    {
        var token = match.Route.Needs.HasFlag(Needs.NoToken) ? BearerToken.None : BearerToken.Of(request, _world.Clock.Now);
        if (token.IsForGraph)
        {
            throw Refusals.Unauthorized("The token is not for Partner Center.");
        }

        if (!match.Route.IsModeled)
        {
            return EncodedAnswer.Of(AnswerOrRefusal(() => match.Route.Operation(new Call(_world, request, match, customer: null, token.HasUser))));
        }

        if (!match.Route.IsOfApi || request.Header("MS-RequestId") is not { } text)
        {
            return Execute(request, match, token);
        }

        if (!Guid.TryParse(text, out var requestId))
        {
            return EncodedAnswer.Of(ErrorBody.Of(Refusals.NoRequestId(text)));
        }

        return match.Route.IsRemembered
            ? _memory.Answer(requestId, request, match, () => Execute(request, match, token))
            : Execute(request, match, token);
    }

    /// <summary>A request to Microsoft Graph: the tenant of its token says which customer it is about.</summary>
    /// <param name="request">The request, or an item of a batch.</param>
    /// <param name="match">Its route.</param>
    /// <param name="isItem">Whether it came in a batch.</param>
    public EncodedAnswer AnswerOfGraph(SandboxRequest request, RouteMatch match, bool isItem = false)
    {
        try
        {
            var customer = CustomerOfGraph(request, match.Route);
            _log.CountExecuted(match.Route, isItem);
            lock (customer.Gate)
            {
                return EncodedAnswer.Of(match.Route.Operation(new Call(_world, request, match, customer, hasUser: true)));
            }
        }
        catch (GraphException refusal)
        {
            if (refusal.Status == 429)
            {
                _log.CountThrottled();
            }

            return EncodedAnswer.Of(ErrorBody.Of(refusal));
        }
        catch (Exception e) when (e is FormatException or ServiceException)
        {
            return EncodedAnswer.Of(ErrorBody.Of(GraphRefusals.BadRequest(e.Message)));
        }
    }

    // Who may not act in the directory gets no token, unless that changed since.
    private Customer CustomerOfGraph(SandboxRequest request, Route route)
    {
        BearerToken token;
        try
        {
            token = BearerToken.Of(request, _world.Clock.Now);
        }
        catch (GatewayException e)
        {
            throw GraphRefusals.WrongToken(e.Message);
        }

        if (!token.IsForGraph || token.TenantId is not { } tenant)
        {
            throw GraphRefusals.WrongToken("Invalid audience.");
        }

        var customer = _world.Customers.Find(tenant) ?? throw GraphRefusals.WrongToken("The tenant is not known.");
        if (route.Needs.HasFlag(Needs.GraphWrite))
        {
            if (!token.Scopes.Contains("LicenseAssignment.ReadWrite.All"))
            {
                throw GraphRefusals.Denied();
            }

            if (_world.GraphWrites.Acquire(customer, _world.Clock.Now) is { } wait)
            {
                throw GraphRefusals.TooManyWrites(wait);
            }
        }

        return customer;
    }

    private EncodedAnswer Execute(SandboxRequest request, RouteMatch match, BearerToken token)
    {
        _log.CountExecuted(match.Route);
        var answer = AnswerOrRefusal(() => Operate(request, match, token));
        return _quirks == null || answer.Body == null || !match.Route.IsOfApi
            ? EncodedAnswer.Of(answer)
            : EncodedAnswer.Of(
                answer.WithBody(_quirks.Distort(answer.Body, match.Route.Name)), _quirks.HasMark(match.Route.Name, answer.Status));
    }

    private static Answer AnswerOrRefusal(Func<Answer> operate)
    {
        try
        {
            return operate();
        }
        catch (ServiceException refusal)
        {
            return ErrorBody.Of(refusal);
        }
        catch (FormatException e)
        {
            return ErrorBody.Of(Refusals.BadInput(e.Message));
        }
    }

    private Answer Operate(SandboxRequest request, RouteMatch match, BearerToken token)
    {
        var route = match.Route;
        if (_world.LacksMultiFactor && token.HasUser && !route.Needs.HasFlag(Needs.AnyFactor))
        {
            throw Refusals.NoMultiFactor();
        }

        if (route.Needs.HasFlag(Needs.User) && !token.HasUser)
        {
            throw Refusals.AppOnlyToken();
        }

        CheckCloud(route.Needs);
        _world.CatchUp(_world.Clock.Now);
        if (!route.IsCustomers)
        {
            return route.Operation(new Call(_world, request, match, customer: null, token.HasUser));
        }

        var id = match.Parameters[Route.CustomerId];
        var customer = _world.Customers.Find(id) ?? throw Refusals.NoSuchCustomer(id);
        lock (customer.Gate)
        {
            CheckAccess(customer, route.Needs);
            var call = new Call(_world, request, match, customer, token.HasUser);
            var answer = route.Operation(call);
            route.Audited?.Write(_world.Audit, customer, match, answer, call.Now);
            return answer;
        }
    }

    private void CheckCloud(Needs needs)
    {
        if (needs.HasFlag(Needs.Licensing) && _world.Cloud == Cloud.China)
        {
            throw Refusals.UnsupportedInCloud("User license management", _world.Cloud);
        }

        if (needs.HasFlag(Needs.UserCreation) && _world.Cloud == Cloud.USGovernment)
        {
            throw Refusals.UnsupportedInCloud("Creating users", _world.Cloud);
        }
    }

    private static void CheckAccess(Customer customer, Needs needs)
    {
        if (needs.HasFlag(Needs.Relationship) && !customer.IsReseller)
        {
            throw Refusals.NoRelationship(customer);
        }

        if (!customer.IsListed)
        {
            throw Refusals.NoSuchCustomer(customer.Id);
        }

        if (needs.HasFlag(Needs.Delegation) && customer.DelegationRefusal is { } refusal)
        {
            throw Refusals.NoDelegation(customer, refusal);
        }
    }
}
