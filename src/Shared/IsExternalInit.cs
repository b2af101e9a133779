namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler emit init accessors for netstandard2.0, whose reference assemblies lack this type.</summary>
internal static class IsExternalInit
{
}
