namespace System.Diagnostics.CodeAnalysis;

/// <summary>Goes with required members: a record's copy constructor sets them all.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute
{
}
