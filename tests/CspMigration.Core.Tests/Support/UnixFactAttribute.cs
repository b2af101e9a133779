using System;
using Xunit;

namespace CspMigration.Core.Tests.Support;

/// <summary>A test that needs a limit only Unix can set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no limit on the size of a process's files." : null;
}
