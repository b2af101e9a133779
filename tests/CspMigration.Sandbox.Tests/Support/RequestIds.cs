namespace CspMigration.Sandbox.Tests.Support;

/// <summary>Idempotency keys as clients send them.</summary>
internal static class RequestIds
{
    public static (string Name, string Value) A { get; } = ("MS-RequestId", "0a000000-0000-4000-8000-00000000000a");

    public static (string Name, string Value) B { get; } = ("MS-RequestId", "0b000000-0000-4000-8000-00000000000b");

    /// <summary>The first one in another format.</summary>
    public static (string Name, string Value) UpperCaseA { get; } = ("MS-RequestId", A.Value.ToUpperInvariant());
}
