using System;
using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;
using Xunit;

namespace CspMigration.Core.Tests.Wording;

/// <summary>A remedy on a page: a sentence in the language of the page, and the commands apart from it, the same in every language.</summary>
public sealed class RemedyAdviceTests
{
    private const string Resize = "Set-Subscription -CustomerId c -SubscriptionId s -Quantity 12";

    private static readonly CustomerId C = CustomerId.From("c");
    private static readonly SubscriptionId S = SubscriptionId.From("s");

    private static readonly LanguageWords English = new(ReportLanguage.English);
    private static readonly LanguageWords French = new(ReportLanguage.Find("fr-FR")!);
    private static readonly LanguageWords Chinese = new(ReportLanguage.Find("zh-TW")!);

    [Fact]
    public void A_command_at_the_end_stands_apart_and_the_sentence_leads_to_it()
    {
        var remedy = Remedies.RaiseSeats(UserCommands.SetSeats(C, S, 12));

        Assert.Equal($"More seats are billed. To add them, then run the command again: {Resize}", remedy.ToString());
        Assert.Equal("More seats are billed. To add them, then run the command again:", RemedyAdvice.Of(remedy, English).Sentence);
        Assert.EndsWith("relancer la commande\u00A0:", RemedyAdvice.Of(remedy, French).Sentence, StringComparison.Ordinal);
        Assert.EndsWith("再次執行原命令：", RemedyAdvice.Of(remedy, Chinese).Sentence, StringComparison.Ordinal);
        Assert.All(new[] { English, French, Chinese }, words => Assert.Equal([Resize], RemedyAdvice.Of(remedy, words).Commands));
    }

    [Fact]
    public void A_command_in_the_middle_is_named_there_and_stands_apart_whole()
    {
        var advice = RemedyAdvice.Of(Remedies.ChangeSeats(UserCommands.SetSeats(C, S, 12)), French);

        Assert.Equal("Set-Subscription modifie leur nombre.", advice.Sentence);
        Assert.Equal([Resize], advice.Commands);
    }

    [Fact]
    public void Several_remedies_are_one_text_with_all_their_commands_once_each()
    {
        var resize = UserCommands.SetSeats(C, S, 12);
        var remedy = Remedy.All([Remedies.PayForSeats(), Remedies.Continue([resize, UserCommands.Resume(C, S)]), Remedies.RaiseSeats(resize)]);

        Assert.Equal([Resize, "Resume-Subscription -CustomerId c -SubscriptionId s"], RemedyAdvice.Of(remedy, English).Commands);
        Assert.Equal(
            "目標需要更多席次；這些席次會計費。若要繼續：增加的席次會計費。若要增加，請先執行下列命令，再次執行原命令：",
            RemedyAdvice.Of(remedy, Chinese).Sentence);
    }

    [Fact]
    public void The_end_of_a_pipeline_stays_with_it()
    {
        var advice = RemedyAdvice.Of(Remedies.SaveTargets(), English);

        Assert.EndsWith("ForEach-Object Target | ConvertTo-Json -Depth 6 | Set-Content -Encoding UTF8 plan.json", advice.Sentence, StringComparison.Ordinal);
        Assert.Empty(advice.Commands);
    }

    [Fact]
    public void Ids_stand_in_commands_alone()
    {
        const string Id = "e7ebe5ff-1c4b-48eb-aea2-ec2253bf4c7a";

        var advice = RemedyAdvice.Of(Remedies.RollBackOwn(Id, UserCommands.RollBack(C, SubscriptionId.From(Id))), English);

        Assert.Equal("It is itself the target of E7EBE5FF; to roll that migration back:", advice.Sentence);
        Assert.Contains(Id, Assert.Single(advice.Commands), StringComparison.Ordinal);
        Assert.Equal("Office 365 E3 stays active.", RemedyAdvice.CauseIn($"Office 365 E3 ({Id}) stays active. {Remedies.RunAgainLater()}", Remedies.RunAgainLater()));
    }

    public static TheoryData<string> Written => [.. Samples.Keys];

    private static Dictionary<string, Remedy> Samples => new()
    {
        ["sentence"] = Remedies.RunAgainLater(),
        ["error"] = ErrorCatalog.NoTarget.Remedy,
        ["command"] = UserCommands.SetSeats(C, S, 12),
        ["sentence with a command"] = Remedies.BuyOther(UserCommands.Buy(C, S)),
        ["sentence with names"] = Remedies.ConvertTo(["One", "2027-01-15T09:30:00Z"], UserCommands.Buy(C, S)),
        ["sentence in a sentence"] = Remedies.IfItFails("NoTarget", Remedies.SeeOffers(UserCommands.ListOffers(C))),
        ["several commands"] = Remedies.EndAddOns([UserCommands.SuspendWithUsers(C, SubscriptionId.From("a")), UserCommands.SuspendWithUsers(C, SubscriptionId.From("b"))]),
        ["several remedies"] = Remedy.All([Remedies.RunAgainLater(), Remedies.BuyFewest(UserCommands.Buy(C, S))]),
        ["remedies in remedies"] = Remedy.All([Remedies.IfItFails("NoTarget", Remedy.All([Remedies.IfItFails("NoTarget", Remedies.EndAddOns([UserCommands.Buy(C, S)]))]))]),
        ["words of a front end"] = Remedy.InWords("Do it."),
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void What_was_written_down_reads_in_every_language_as_it_would_have_then(string sample)
    {
        var remedy = Samples[sample];

        var read = RemedyRecord.Read(RemedyRecord.Write(remedy))!;

        Assert.All(new[] { English, French, Chinese }, words =>
        {
            Assert.Equal(RemedyAdvice.Of(remedy, words).Sentence, RemedyAdvice.Of(read, words).Sentence);
            Assert.Equal(RemedyAdvice.Of(remedy, words).Commands, RemedyAdvice.Of(read, words).Commands);
        });
        Assert.Equal(remedy.ToString(), read.ToString());
    }

    [Theory]
    [InlineData("""{ "id": "OfALaterVersion", "with": [] }""")]
    [InlineData("""{ "id": "Several", "with": [ { "id": "OfALaterVersion", "with": [] } ] }""")]
    [InlineData("""{ "id": "BuyOther", "with": [] }""")]
    [InlineData("""{ "id": "InWords", "with": [] }""")]
    [InlineData("""{ "with": [] }""")]
    [InlineData("""{ "id": 1, "with": {} }""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void What_a_later_version_wrote_is_none(string record) => Assert.Null(RemedyRecord.Read(record));
}
