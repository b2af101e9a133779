using System.Runtime.Serialization;

namespace CspMigration.Core.Journal.Entries;

/// <summary>How a target is obtained, in the words of the journal. The words are saved data: version 0.1.0 wrote the same.</summary>
internal enum JournalMethod
{
    /// <summary>A subscription that is there is used.</summary>
    [EnumMember(Value = "None")]
    Reuse,

    /// <summary>A legacy order.</summary>
    Order,

    /// <summary>An extra line on the legacy order of the base.</summary>
    AddOnOrder,

    /// <summary>A cart and its checkout, in new commerce.</summary>
    Cart,

    /// <summary>A suspended subscription is made active again.</summary>
    Reactivation,

    /// <summary>An existing subscription gets more seats.</summary>
    Resize,

    /// <summary>The trial becomes a paid subscription in place.</summary>
    Conversion,
}
