using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CspMigration.Core.Journal;

namespace CspMigration.Benchmarks;

/// <summary>Writes the journal of a run that is over, as the steps write it.</summary>
internal static class JournalWriter
{
    private static readonly DateTimeOffset Start = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    public static void Write(string path, int sources, int usersEach)
    {
        using var file = File.Create(path);
        Add(new JournalEntry { Kind = JournalEntryKind.Opened, At = Start, PartnerTenantId = Id(0, 0), Writer = "the benchmark" });
        foreach (var number in Enumerable.Range(1, sources))
        {
            WriteMigration(number);
        }

        void WriteMigration(int number)
        {
            var (customer, source, target, request) = (Id(1, number), Id(2, number), Id(3, number), new Guid(Id(4, number)));
            var (from, to) = (Id(5, 0), Id(6, 0));
            Add(new JournalEntry
            {
                Kind = JournalEntryKind.SourceFound,
                At = Start,
                CustomerId = customer,
                CustomerName = $"Customer {number}",
                Sources = [source],
                OfferId = Id(7, 0),
                OfferName = "Dynamics AX Enterprise",
                SkuId = from,
                Quantity = usersEach,
                SubscriptionId = source,
            });
            var purchase = new JournalEntry
            {
                Kind = JournalEntryKind.PurchaseIntended,
                At = Start,
                CustomerId = customer,
                Sources = [source],
                RequestId = request,
                OfferId = Id(8, 0),
                OfferName = "Dynamics 365 Unified Operations Plan",
                SkuId = to,
                Quantity = usersEach,
                Way = "Order",
                FriendlyName = $"Plan (from {source[..8]})",
            };
            Add(purchase);
            Add(new JournalEntry
            {
                Kind = JournalEntryKind.PurchaseSettled,
                At = Start,
                CustomerId = customer,
                Sources = [source],
                RequestId = request,
                SubscriptionId = target,
                OrderId = Id(9, number),
                Done = true,
            });
            foreach (var user in Enumerable.Range(1, usersEach))
            {
                WriteMove(number, user, customer, source, from, to);
            }

            WriteStatus(JournalEntryKind.StatusIntended, customer, source, done: null);
            WriteStatus(JournalEntryKind.StatusSettled, customer, source, done: true);
        }

        void WriteMove(int number, int user, string customer, string source, string from, string to)
        {
            foreach (var isSettled in new[] { false, true })
            {
                Add(new JournalEntry
                {
                    Kind = isSettled ? JournalEntryKind.LicenseSettled : JournalEntryKind.LicenseIntended,
                    At = Start,
                    CustomerId = customer,
                    Sources = [source],
                    RequestId = new Guid(Id(number, user)),
                    UserId = Id(number + 10, user),
                    FromSkuIds = [from],
                    ToSkuIds = [to],
                    SwitchedOffPlans = user % 5 == 0 ? [Id(10, 1), Id(10, 2)] : null,
                    Done = isSettled ? true : null,
                    Outcome = isSettled ? "Moved" : null,
                });
            }
        }

        void WriteStatus(JournalEntryKind kind, string customer, string source, bool? done)
        {
            Add(new JournalEntry { Kind = kind, At = Start, CustomerId = customer, SubscriptionId = source, Status = "Suspended", Way = "Suspend", Done = done });
        }

        void Add(JournalEntry entry) => file.Write(JournalLines.Write(entry));
    }

    private static string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind:x8}-0000-4000-8000-{number:x12}");
}
