using System;
using CspMigration.Sandbox.Server;

ServerArguments arguments;
try
{
    arguments = ServerArguments.Parse(args);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
    return 2;
}

if (arguments.WantsHelp)
{
    await Console.Out.WriteLineAsync(ServerArguments.Help).ConfigureAwait(false);
    return 0;
}

return await SandboxServer.RunAsync(arguments).ConfigureAwait(false);
