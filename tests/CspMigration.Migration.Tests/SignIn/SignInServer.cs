using System;
using System.Threading.Tasks;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>One sandbox server for the tests of a class, reset by each.</summary>
public sealed class SignInServer : IAsyncLifetime
{
    private SandboxServerProcess? _process;

    internal SandboxServerProcess Process => _process ?? throw new InvalidOperationException("The server has not been started.");

    public async Task InitializeAsync() => _process = await SandboxServerProcess.StartAsync("contoso");

    public Task DisposeAsync()
    {
        _process?.Dispose();
        return Task.CompletedTask;
    }
}
