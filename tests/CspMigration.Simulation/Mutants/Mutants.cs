using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Simulation.Mutants;

/// <summary>Every legacy order is placed twice.</summary>
internal sealed class BuysTwice : Mutant
{
    public override async Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send)
    {
        var response = await send(null);
        return call.IsOrder && call.Body.Length > 0 ? await send(call.Body) : response;
    }
}

/// <summary>License updates take the old license and do not give the new one.</summary>
internal sealed class TakesWithoutGiving : Mutant
{
    public override Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send) =>
        send(call.IsUpdate ? Changed(call, body => body["licensesToAssign"] = new JArray()) : null);

    public static string Changed(Call call, Action<JObject> change)
    {
        var body = JObject.Parse(call.Body);
        change(body);
        return body.ToString(Formatting.None);
    }
}

/// <summary>Service plans that were switched off come on with the new license.</summary>
internal sealed class SwitchesPlansOn : Mutant
{
    public override Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send)
    {
        return send(call.IsUpdate ? TakesWithoutGiving.Changed(call, body =>
        {
            foreach (var assigned in body["licensesToAssign"]!)
            {
                assigned["excludedPlans"] = new JArray();
            }
        }) : null);
    }
}

/// <summary>Orders name no reseller.</summary>
internal sealed class ForgetsTheReseller : Mutant
{
    public override Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send) =>
        send(call.IsOrder ? TakesWithoutGiving.Changed(call, body => ((JObject)body["LineItems"]![0]!).Remove("PartnerIdOnRecord")) : null);
}

/// <summary>A subscription is sent back with another name than it was read with.</summary>
internal sealed class RenamesWhatItChanges : Mutant
{
    public override Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send) =>
        send(call.IsPatch ? TakesWithoutGiving.Changed(call, body => body["friendlyName"] = "Overwritten") : null);
}

/// <summary>Some changes are said to be made and are not sent.</summary>
internal sealed class PretendsToSend(Func<Call, bool> isSwallowed) : Mutant
{
    public override Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send)
    {
        return isSwallowed(call)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(call.Body, Encoding.UTF8, "application/json") })
            : send(null);
    }
}

/// <summary>Licenses are not changed, and the users are said to be moved all the same.</summary>
internal sealed class ReportsMovesThatWereNotMade : Mutant
{
    public override Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send)
    {
        return call.IsUpdate
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent(call.Body, Encoding.UTF8, "application/json") })
            : send(null);
    }

    public override void ChangeResult(StepContext step, StepResult result)
    {
        for (var index = 0; index < result.Moves.Count; index++)
        {
            result.Moves[index] = result.Moves[index] with { Users = [.. result.Moves[index].Users.Select(user => user with { Outcome = UserMoveOutcome.Moved })] };
        }
    }
}

/// <summary>A plan is carried out.</summary>
internal sealed class CarriesPlansOut : Mutant
{
    public override StepOptions ChangeOptions(StepContext step, StepOptions options) => options with { WhatIf = false };
}

/// <summary>The last object of a command is not given.</summary>
internal sealed class DropsTheLast : Mutant
{
    public override void ChangeResult(StepContext step, StepResult result)
    {
        if (result.Suspensions.Count > 0)
        {
            result.Suspensions.RemoveAt(result.Suspensions.Count - 1);
        }
    }
}
