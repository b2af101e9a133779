using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using CspMigration.Contracts;
using CspMigration.Core.Reporting.Content;
using CspMigration.Core.Wording;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;

namespace CspMigration.Core.Reporting.Json;

/// <summary>The report for programs: the totals and every migration, under the names the objects have.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerSettings Settings = new()
    {
        ContractResolver = new OnceResolver(),
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        Formatting = Formatting.Indented,

        // So that it can stand inside a page.
        StringEscapeHandling = StringEscapeHandling.EscapeHtml,
        Converters = { new StringEnumConverter() },
    };

    public static void Write(ReportContent content, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096, leaveOpen: true);
        JsonSerializer.Create(Settings).Serialize(text, new
        {
            Title = content.Title ?? TextTable.Report(ReportLanguage.English)["DefaultTitle"],
            content.CreatedOn,
            content.IsPlan,
            Customers = content.Customers.Count,
            Subscriptions = content.Progress,
            content.Seats,
            content.UsersMoved,
            UsersNotMoved = content.UsersLeft.Count,
            content.NextAtRisk,
            content.Migrations,
        });
    }

    /// <summary>Leaves out what an object repeats of the one it is part of, and the map's other targets.</summary>
    private sealed class OnceResolver : DefaultContractResolver
    {
        private static readonly HashSet<(string, string)> Repeated =
        [
            (nameof(LicenseMove), nameof(LicenseMove.Target)),
            (nameof(TargetSubscription), nameof(TargetSubscription.Source)),
            (nameof(ExpiringSubscription), nameof(ExpiringSubscription.Targets)),
        ];

        protected override List<MemberInfo> GetSerializableMembers(System.Type objectType)
        {
            return [.. base.GetSerializableMembers(objectType).Where(member => !Repeated.Contains((objectType.Name, member.Name)))];
        }
    }
}
