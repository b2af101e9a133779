using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Simulation.Programs;

namespace CspMigration.Simulation.Shrinking;

/// <summary>What two programs that show the same have in common: their lines without names and numbers.</summary>
internal static class Shape
{
    private static readonly Regex Numbers = new(@"-?\d+", RegexOptions.CultureInvariant);
    private static readonly Regex Products = new("Crm(Essential|Basic|Pro)|Ax(Task|SelfServe|Device)|TeamMembers|CePlan(?!Trial)|Activity|Device|Sales|CustomerService", RegexOptions.CultureInvariant);

    public static string Of(SimulationProgram program) =>
        string.Join('\n', Products.Replace(Numbers.Replace(program.ToString(), "1"), "X").Split('\n').Select(line => line.Trim()).Distinct());
}
