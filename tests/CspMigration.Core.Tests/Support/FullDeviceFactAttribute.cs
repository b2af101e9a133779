using System;
using System.IO;
using Xunit;

namespace CspMigration.Core.Tests.Support;

/// <summary>A test that needs the device that is always full.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDeviceFactAttribute : FactAttribute
{
    public const string Device = "/dev/full";

    public FullDeviceFactAttribute() => Skip = File.Exists(Device) ? null : "Only Linux has a device that is always full.";
}
