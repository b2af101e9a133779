using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>The partner ids of resellers of record: digits, as many as such ids have.</summary>
internal static class PartnerIds
{
    private const int Shortest = 5;
    private const int Longest = 10;
    private const int MostAdditional = 5;

    public static bool IsValid(string partnerId) =>
        partnerId.Length is >= Shortest and <= Longest && partnerId.All(character => character is >= '0' and <= '9');

    public static void Check(string partnerId)
    {
        if (!IsValid(partnerId))
        {
            throw Refusals.InvalidPartnerId(partnerId);
        }
    }

    public static void Check(PartnersOfRecord partners)
    {
        foreach (var partnerId in partners.All)
        {
            Check(partnerId);
        }
    }

    /// <summary>The resellers a line of an order names.</summary>
    public static PartnersOfRecord Read(JsonBody line) => Of(line.NonEmptyText("partnerIdOnRecord"), line.TextsOrText("additionalPartnerIdsOnRecord"));

    /// <summary>The resellers that take part in a line of a cart; somebody else is refused, not left out.</summary>
    public static PartnersOfRecord ReadParticipants(JsonBody line)
    {
        var participants = line.Objects("participants")
            .Select(participant => (
                Key: participant.Word("key", Words.Participants) ?? throw Refusals.InvalidProperty("participants", "one has no key."),
                Id: participant.NonEmptyText("value") ?? throw Refusals.InvalidProperty("participants", "one has no value.")))
            .ToList();
        return Of(One(Words.Reseller), Named(Words.AdditionalReseller), One(Words.ConsumptionReseller));

        string? One(string key) => Named(key) is { Count: > 1 } ? throw Refusals.InvalidProperty("participants", $"there can be one {key} only.") : Named(key).FirstOrDefault();

        List<string> Named(string key) => participants.Where(participant => participant.Key == key).Select(participant => participant.Id).ToList();
    }

    /// <summary>Who names a reseller has to attest that the reseller was told, in the body as a whole.</summary>
    public static void CheckAttestation(JsonBody body, IEnumerable<PartnersOfRecord> partners)
    {
        if (partners.Any(named => named.IsAny) && body.Flag("partnerOnRecordAttestationAccepted") != true)
        {
            throw Refusals.NotAttested();
        }
    }

    /// <summary>The reseller on record for a subscription.</summary>
    public static PartnersOfRecord Of(Subscription subscription) => Of(subscription.PartnerId.Length > 0 ? subscription.PartnerId : null, []);

    private static PartnersOfRecord Of(string? main, IReadOnlyList<string> additional, string? consumption = null) => additional.Count > MostAdditional
        ? throw Refusals.InvalidProperty("additionalPartnerIdsOnRecord", $"there can be {MostAdditional} at most.")
        : new PartnersOfRecord(main, additional, consumption);
}
