using System;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>A step that a migration has reached.</summary>
internal sealed class MigrationEvent
{
    public MigrationEvent(string id, string name, DateTimeOffset createdOn)
    {
        Id = id;
        Name = name;
        CreatedOn = createdOn;
    }

    public string Id { get; }

    public string Name { get; }

    public DateTimeOffset CreatedOn { get; }
}
