using Xunit.Abstractions;
using Xunit.Sdk;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Says on the console how big the big runs were.</summary>
public sealed class ResilienceReport(IMessageSink sink)
{
    public void Write(string line) => sink.OnMessage(new DiagnosticMessage(line));
}
