using System.Linq;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Resources;

/// <summary>How far a transition is, by its events, in whatever order they come (docs/partner-center.md §18).</summary>
public sealed class TransitionTests
{
    [Theory]
    [InlineData("C Started", false, false, false, true)]
    [InlineData("C Started, C Completed", false, true, false, true)]
    [InlineData("C Started, C Completed, L Started", false, true, true, false)]
    [InlineData("L Started, C Completed, C Started", false, true, true, false)]
    [InlineData("C Started, C Completed, L Started, L Completed", false, true, false, false)]
    [InlineData("L Completed, L Started, C Completed, C Started", false, true, false, false)]
    [InlineData("C Started, C Failed", true, false, false, true)]
    [InlineData("C Started, C Failed, C Started", false, false, false, true)]
    [InlineData("C Started, C Failed, C Completed", false, true, false, true)]
    [InlineData("C Failed, C Completed", false, true, false, true)]
    public void The_last_of_a_steps_events_counts_and_what_is_completed_stays_so(string events, bool failed, bool converted, bool moving, bool yetToMove)
    {
        var transition = Read(events, (_, _) => null);

        Assert.Equal((failed, converted, moving, yetToMove), (transition.HasFailed, transition.IsConverted, transition.IsMovingLicenses, transition.IsYetToMoveLicenses));
    }

    [Theory]
    [InlineData("C Failed@2, C Started@1", true)]
    [InlineData("C Failed@1, C Started@2", false)]
    [InlineData("C Failed@1, C Started@1", true)]
    [InlineData("C Started@1, C Failed@1", true)]
    public void Where_the_events_have_their_time_their_place_does_not_matter(string events, bool failed)
    {
        Assert.Equal(failed, Read(events, (text, _) => $"2026-06-10T12:0{text.Split('@')[1]}:00Z").HasFailed);
    }

    [Theory]
    [InlineData("transition_only", false)]
    [InlineData("transition_with_license_transfer", true)]
    [InlineData("TransitionWithLicenseTransfer", true)]
    [InlineData(null, false)]
    public void Licenses_are_waited_for_only_where_the_service_was_asked_to_move_them(string? type, bool expected)
    {
        var json = new JObject { ["toCatalogItemId"] = "a:b:c", ["transitionType"] = type };

        Assert.Equal(expected, Transition.Read(new ResourceReader(json, "a transition")).IsYetToMoveLicenses);
    }

    private static Transition Read(string events, System.Func<string, int, string?> timeOf)
    {
        var steps = events.Split(", ").Select((text, index) => new JObject
        {
            ["name"] = text[0] == 'C' ? "Conversion" : "LicenseReassignment",
            ["status"] = text.Split(' ')[1].Split('@')[0],
            ["timestamp"] = timeOf(text, index),
        });
        var json = new JObject { ["toCatalogItemId"] = "a:b:c", ["transitionType"] = "transition_with_license_transfer", ["events"] = new JArray(steps) };
        return Transition.Read(new ResourceReader(json, "a transition"));
    }
}
