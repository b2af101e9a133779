using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;

namespace CspMigration.Core.Purchasing;

/// <summary>How purchases are confirmed, and who gets what comes of them.</summary>
public sealed class PurchaseHandlers
{
    /// <summary>Answers for the user.</summary>
    public IConfirmer Confirmer { get; set; } = UnattendedConfirmer.Confirming;

    /// <summary>Whether the records are themselves planned: then everything is only planned.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>Whether a purchase is completed only when its seats are there.</summary>
    public bool Wait { get; set; }

    /// <summary>Gets each target, one object a source, also the planned ones.</summary>
    public Func<TargetSubscription, Task> Completed { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets each failure with the sources it concerns; none for a purchase without a source.</summary>
    public Action<IReadOnlyList<ExpiringSubscription>, CspMigrationException> Failed { get; set; } = (_, _) => { };

    /// <summary>Gets each source that the SKU map has nothing for, with the error it would be if it were asked for alone.</summary>
    public Action<ExpiringSubscription, CspMigrationException> LeftOut { get; set; } = (_, _) => { };

    /// <summary>Fails where the purchases of the second argument must not be made in place of the first without a prompt.</summary>
    internal Action<PurchasePlan, IReadOnlyList<PurchasePlan>> Replacing { get; set; } = (_, _) => { };

    /// <summary>Whether nothing is sent, whatever is answered.</summary>
    internal bool SendsNothing => IsPlanned || Confirmer.IsPlanOnly;
}
