using System;
using System.Linq;
using Xunit;

namespace CspMigration.Simulation.Programs;

/// <summary>Programs are kept as text, so the text has to say all there is in them.</summary>
public sealed class ProgramTextTests
{
    [Fact]
    public void A_program_reads_back_from_its_text()
    {
        foreach (var program in Enumerable.Range(1, 500).Select(ProgramGenerator.Make))
        {
            var text = program.ToString();

            Assert.Equal(text, SimulationProgram.Parse(text).ToString());
        }
    }

    [Theory]
    [InlineData("world open\n  customer C\n    sub s1 CrmPro seats=many ends=3")]
    [InlineData("world open\n  customer C\n    sub s1 CrmPro seats=1")]
    [InlineData("world open\n  limit")]
    [InlineData("world open provisioning=soon")]
    public void A_line_that_cannot_be_read_is_named(string text)
    {
        var error = Assert.Throws<FormatException>(() => SimulationProgram.Parse(text));

        Assert.Contains(text.Split('\n')[^1].Trim(), error.Message, StringComparison.Ordinal);
    }
}
