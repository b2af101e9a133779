using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter;
using CspMigration.TestSupport.Architecture;
using Xunit;

namespace CspMigration.Core.Tests;

/// <summary>The libraries say what would help as data: which command that is, the cmdlets know.</summary>
public sealed class CommandNameTests
{
    // Verbs of this module's cmdlets and of those that users combine them with; headers such as Retry-After have none of them.
    private const string Cmdlet =
        @"(?<![\w-])(?:Add|Connect|ConvertFrom|ConvertTo|Disconnect|Export|ForEach|Format|Get|Import|Invoke|Move|New|Out|Read|Remove|Request|Resume|Select|Set|Show|Sort|Start|Stop|Suspend|Test|Undo|Update|Where|Write)-[A-Z]\w+";

    private const string Parameter = @"(?<![\w-])-[A-Z]\w*";

    public static TheoryData<Assembly> Libraries => [typeof(CspPartner).Assembly, typeof(PartnerCenterClient).Assembly, typeof(PartnerSession).Assembly];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_text_of_a_library_names_a_cmdlet_or_a_parameter(Assembly library) => Assert.Empty(Naming(CompiledTexts.Of(library)));

    [Fact]
    public void The_texts_of_the_libraries_are_read() =>
        Assert.Contains("The user no longer holds the license.", CompiledTexts.Of(typeof(PartnerSession).Assembly));

    [Theory]
    [InlineData("Run Connect-CspPartner first")]
    [InlineData("Suspend-Subscription")]
    [InlineData("name another target (-Target)")]
    [InlineData(" -Within ")]
    public void A_cmdlet_or_a_parameter_is_seen(string text) => Assert.Single(Naming([text]));

    [Theory]
    [InlineData("Retry-After")]
    [InlineData("MS-RequestId")]
    [InlineData("Looks for auto-renew")]
    [InlineData("{0}-{1}")]
    public void What_only_looks_like_one_is_not(string text) => Assert.Empty(Naming([text]));

    private static List<string> Naming(IEnumerable<string> texts) =>
        [.. texts.Where(text => Regex.IsMatch(text, Cmdlet) || Regex.IsMatch(text, Parameter))];
}
