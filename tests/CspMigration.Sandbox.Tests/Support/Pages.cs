using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CspMigration.Sandbox.Tests.Support;

/// <summary>Reads all pages by their next links.</summary>
internal static class Pages
{
    public static async Task<List<T>> All<T>(Client client, string path, Func<JsonNode, T> select)
    {
        var all = new List<T>();
        var page = (await client.Get(path)).Expect(200);
        while (true)
        {
            all.AddRange(page.Items.Select(item => select(item!)));
            if (page.Json["links"]?["next"] is not { } next)
            {
                return all;
            }

            var headers = next["headers"]!.AsArray().Select(header => ((string)header!["key"]!, (string)header["value"]!)).ToArray();
            page = (await client.Get("v1" + (string)next["uri"]!, headers)).Expect(200);
        }
    }
}
