using System;
using FsCheck;
using FsCheck.Fluent;

namespace CspMigration.Core.Tests.Support;

/// <summary>Checks a claim for many drawn values; a failure names the value and the seed that draws it again.</summary>
internal static class Always
{
    public static void Holds<T>(Gen<T> values, Action<T> claim, int times = 300)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true);
        Prop.ForAll(values.ToArbitrary(), claim).Check(config);
    }
}
