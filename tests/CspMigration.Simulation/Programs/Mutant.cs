using System;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Simulation.Adapter;

namespace CspMigration.Simulation.Programs;

/// <summary>A fault put in on purpose between the library and the service, or between the library and its user: it shows that the simulation can fail.</summary>
internal abstract class Mutant
{
    /// <summary>Sends a request, changed, twice or not at all.</summary>
    public virtual Task<HttpResponseMessage> SendAsync(StepContext step, Call call, Func<string?, Task<HttpResponseMessage>> send) => send(null);

    /// <summary>Changes what a command is told to do.</summary>
    public virtual StepOptions ChangeOptions(StepContext step, StepOptions options) => options;

    /// <summary>Changes what a command says that it did.</summary>
    public virtual void ChangeResult(StepContext step, StepResult result)
    {
    }
}
