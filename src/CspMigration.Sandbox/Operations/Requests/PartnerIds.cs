using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>Reads and checks the partner ids of resellers of record.</summary>
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

    /// <summary>The resellers in a line of an order.</summary>
    public static PartnersOfRecord Read(JsonBody line) => Of(line.NonEmptyText("partnerIdOnRecord"), line.TextsOrText("additionalPartnerIdsOnRecord"));

    /// <summary>The resellers among the participants of a cart line; an unknown kind of participant is an error.</summary>
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

    /// <summary>Requires the partner attestation in the body if a reseller of record is named.</summary>
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
