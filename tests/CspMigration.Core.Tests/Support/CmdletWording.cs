using System.Runtime.CompilerServices;
using CspMigration.Contracts;
using CspMigration.PowerShell.Wording;

namespace CspMigration.Core.Tests.Support;

/// <summary>What the libraries advise reads in the tests as it does at a prompt.</summary>
internal static class CmdletWording
{
    [ModuleInitializer]
    internal static void Use() => RemedyWording.Use(RemedyText.Of);
}
