namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler accept required members for netstandard2.0, whose reference assemblies lack this type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute
{
}
