namespace CspMigration.TestSupport.Architecture;

/// <summary>A namespace that refers to another one.</summary>
/// <param name="From">The namespace that refers.</param>
/// <param name="To">The namespace that is referred to.</param>
/// <param name="Example">One place that does: <c>Http.JsonBody.Word uses Errors.Refusal</c>.</param>
public sealed record NamespaceArrow(string From, string To, string Example)
{
    /// <summary>The arrow with its example.</summary>
    public override string ToString() => $"{From} -> {To} ({Example})";
}
