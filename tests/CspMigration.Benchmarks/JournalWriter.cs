using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Benchmarks;

/// <summary>Writes the journal of a run that is over, as the steps write it.</summary>
internal static class JournalWriter
{
    private static readonly DateTimeOffset Start = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    public static void Write(string path, int sources, int usersEach)
    {
        using var file = File.Create(path);
        Add(new Opened { At = Start, PartnerTenantId = Id(0, 0), Writer = "the benchmark" });
        foreach (var number in Enumerable.Range(1, sources))
        {
            WriteMigration(number);
        }

        void WriteMigration(int number)
        {
            var (customer, source, target, request) = (Id(1, number), SubscriptionId.From(Id(2, number)), SubscriptionId.From(Id(3, number)), new Guid(Id(4, number)));
            var (from, to) = (Id(5, 0), Id(6, 0));
            Add(new SourceFound
            {
                At = Start,
                CustomerId = CustomerId.FromOrNull(customer),
                CustomerName = $"Customer {number}",
                Sources = [source],
                OfferId = CatalogItemId.From(Id(7, 0)),
                OfferName = "Dynamics AX Enterprise",
                SkuId = SkuId.FromOrNull(from),
                Quantity = usersEach,
                SubscriptionId = source,
            });
            var purchase = new PurchaseIntended
            {
                At = Start,
                CustomerId = CustomerId.FromOrNull(customer),
                Sources = [source],
                RequestId = request,
                OfferId = CatalogItemId.From(Id(8, 0)),
                OfferName = "Dynamics 365 Unified Operations Plan",
                SkuId = SkuId.FromOrNull(to),
                Quantity = usersEach,
                Method = JournalMethod.Order,
                FriendlyName = $"Plan (from {source.ToString()[..8]})",
            };
            Add(purchase);
            Add(purchase.Done(Start, OrderId.FromOrNull(Id(9, number)), target));
            foreach (var user in Enumerable.Range(1, usersEach))
            {
                WriteMove(number, user, customer, source, from, to);
            }

            Add(new StatusIntended { At = Start, CustomerId = CustomerId.FromOrNull(customer), SubscriptionId = source, Status = JournalStatus.Suspended, Change = SuspensionChange.Suspend });
            Add(new StatusSettled { At = Start, CustomerId = CustomerId.FromOrNull(customer), SubscriptionId = source, Status = JournalStatus.Suspended, Change = SuspensionChange.Suspend, Done = true });
        }

        void WriteMove(int number, int user, string customer, SubscriptionId source, string from, string to)
        {
            var intended = new LicenseIntended
            {
                At = Start,
                CustomerId = CustomerId.FromOrNull(customer),
                Sources = [source],
                RequestId = new Guid(Id(number, user)),
                UserId = UserId.FromOrNull(Id(number + 10, user)),
                FromSkuIds = [SkuId.From(from)],
                ToSkuIds = [SkuId.From(to)],
                SwitchedOffPlans = user % 5 == 0 ? [ServicePlanId.From(Id(10, 1)), ServicePlanId.From(Id(10, 2))] : null,
            };
            Add(intended);
            Add(LicenseSettled.Of(intended, Start, UserMoveOutcome.Moved));
        }

        void Add(JournalEntry entry) => file.Write(JournalLines.Write(entry));
    }

    private static string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind:x8}-0000-4000-8000-{number:x12}");
}
