using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>A migration that begins on a date or at the renewal. It may fail then, although it was eligible when it was scheduled.</summary>
internal sealed class MigrationSchedule : IProcess
{
    public const string Created = "Created";
    public const string Cancelled = "Cancelled";

    private readonly CustomerContext _start;
    private readonly Subscription _source;

    public MigrationSchedule(CustomerContext start, ScheduleRequest request)
    {
        _start = start;
        _source = MigrationPlan.Find(start, request.Migration.SubscriptionId);
        Id = start.NextId("migration schedule");
        Request = request;
        ModifiedOn = start.Now;
        Plan = MigrationPlan.Of(start.At(Next!.Value), request.Effective);
    }

    public string Id { get; }

    public Customer Customer => _start.Customer;

    public ScheduleRequest Request { get; private set; }

    public string Status { get; private set; } = Created;

    public DateTimeOffset CreatedOn => _start.Now;

    public DateTimeOffset ModifiedOn { get; private set; }

    /// <summary>The migration; null until it begins.</summary>
    public NewCommerceMigration? Migration { get; private set; }

    /// <summary>The reason why the migration did not begin; null otherwise.</summary>
    public ServiceException? Refusal { get; private set; }

    public DateTimeOffset? Next => Status == Created ? Request.TargetDate ?? _source.EndOfTerm : null;

    public bool IsFor(Subscription subscription) => Status == Created && _source == subscription;

    /// <summary>The migration as planned when it was scheduled.</summary>
    public MigrationPlan Plan { get; private set; }

    /// <summary>Replaces the request by another one for the same subscription.</summary>
    public void Replace(MigrationSchedule other)
    {
        Request = other.Request;
        Plan = other.Plan;
        ModifiedOn = other.ModifiedOn;
    }

    public void Cancel(DateTimeOffset now)
    {
        Status = Cancelled;
        ModifiedOn = now;
    }

    public void Step()
    {
        var context = _start.At(Next!.Value);
        ModifiedOn = context.Now;
        Status = "Failed";
        try
        {
            var plan = MigrationPlan.Of(context, Request.Effective);
            Refusal = plan.Refusal();
            if (Refusal == null)
            {
                Migration = new NewCommerceMigration(context, plan);
                Status = "Completed";
                context.Account.Begin(Migration);
            }
        }
        catch (ServiceException refusal)
        {
            Refusal = refusal;
        }
    }
}
