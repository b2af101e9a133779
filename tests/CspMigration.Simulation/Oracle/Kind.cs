namespace CspMigration.Simulation.Oracle;

/// <summary>
/// The names of what must never be. Each says why it must hold and what weakens it. "Not seen" below: another administrator's change
/// that came with, or in the last few requests before, the request in question, or that the service's lists did not show yet;
/// a change made while a question stood is always to be seen, because everything is read again after it.
/// </summary>
internal static class Kind
{
    /// <summary>
    /// A license update left a user without what they had and without anything in its place. Promise 2: assign and remove travel
    /// in one update. Nothing weakens it: the update itself says what it takes and what it gives.
    /// </summary>
    public const string UserWithoutLicense = nameof(UserWithoutLicense);

    /// <summary>
    /// A service plan that was off is on after a move, although the target has it; or one that was on is off (rule 11). Not
    /// checked for who leaves several licenses at once, whose plans may differ.
    /// </summary>
    public const string PlansChanged = nameof(PlansChanged);

    /// <summary>
    /// A source was ended, or its seats taken, while more users held its SKU than units were left (promise 2, rules 10 and 23).
    /// Asked for by <c>-Reason</c> other than Migrated it is meant; changes that were not seen are forgiven.
    /// </summary>
    public const string HoldersLeftBehind = nameof(HoldersLeftBehind);

    /// <summary>
    /// A source was left to expire while more users hold its SKU than the subscriptions that stay have seats: those others that
    /// we have not left to expire as well. Rule 23 as it holds at the end of the term. Weakened as <see cref="HoldersLeftBehind"/>.
    /// </summary>
    public const string HoldersOnEnding = nameof(HoldersOnEnding);

    /// <summary>
    /// Users were moved onto seats that end sooner than what a purchase would have given them: a trial's, those of a subscription
    /// that does not renew and ends within 300 days (27 where a purchase would have a term of a month), or those of a purchase of ours that a roll back has left to expire. Whoever held the SKU before keeps what they relied on; only what our moves add counts. A subscription
    /// whose renewal another administrator has changed is theirs to answer for.
    /// </summary>
    public const string TargetDoesNotLast = nameof(TargetDoesNotLast);

    /// <summary>
    /// A second purchase for a source while the first is active (promise 1). Forgiven where the buyer could not know: another journal,
    /// or a lost one, and the service does not list the first yet, or its mark has been cut off or renamed away; and where someone
    /// else has ended the first one's renewal.
    /// </summary>
    public const string BoughtTwice = nameof(BoughtTwice);

    /// <summary>Seats were added a second time for the same sources while the first ones are there (promise 1). Weakened as <see cref="BoughtTwice"/>.</summary>
    public const string SeatsAddedTwice = nameof(SeatsAddedTwice);

    /// <summary>A purchase carries another reseller of record than one of its sources, and no one asked for it (rule 21).</summary>
    public const string ResellerLost = nameof(ResellerLost);

    /// <summary>An add-on that is not for users was bought with more than one unit although no one said how many.</summary>
    public const string AddOnQuantity = nameof(AddOnQuantity);

    /// <summary>
    /// A change of a subscription changed more than the one property it was made for, so that another administrator's change is lost. Forgiven
    /// only where that change came in the last requests before ours: reading and writing are two requests.
    /// </summary>
    public const string ChangeOverwritten = nameof(ChangeOverwritten);

    /// <summary>A roll back took other seats away than the migration had added.</summary>
    public const string ForeignSeatsTaken = nameof(ForeignSeatsTaken);

    /// <summary>Setting a name took the mark off a purchase, and no one was warned: with the journal lost it will be bought again.</summary>
    public const string MarkLost = nameof(MarkLost);

    /// <summary>A roll back ended, or will end, seats that users hold whom it did not move back: those of another source, or another administrator's.</summary>
    public const string RollbackTakesSeats = nameof(RollbackTakesSeats);

    /// <summary>
    /// A roll back of one source moved users of another source, which stays migrated, back as well. Only known while the journal of the
    /// migration is there.
    /// </summary>
    public const string RollbackMovesOthers = nameof(RollbackMovesOthers);

    /// <summary>
    /// After a roll back something that was bought for its source alone is billed on: an active subscription, or in new commerce one that
    /// was not deleted in its first seven days, or later still renews. Forgiven where another administrator has changed it, or could not be told
    /// from anything else (no journal, no mark).
    /// </summary>
    public const string BilledAfterRollback = nameof(BilledAfterRollback);

    /// <summary>After a roll back the source is not as it was: not active, not renewing as before, or its users are not back with their plans.</summary>
    public const string RollbackIncomplete = nameof(RollbackIncomplete);

    /// <summary>A plan sent something that changes something (promise 3).</summary>
    public const string PlanWrites = nameof(PlanWrites);

    /// <summary>
    /// What a plan said is not what the run right after it did, with no one else about. Not compared: what no reading tells (groups,
    /// refusals, conflicts of plans, orders that are refused although the catalog sells the offer).
    /// </summary>
    public const string PlanUntrue = nameof(PlanUntrue);

    /// <summary>A source that was given to a command came out neither as an object nor as an error.</summary>
    public const string DroppedInSilence = nameof(DroppedInSilence);

    /// <summary>An object says what is not so: complete with holders left, moved who were not, suspended what is something else.</summary>
    public const string ReportUntrue = nameof(ReportUntrue);

    /// <summary>Seats were promised to more users than they are for: fewer free seats of a target than users to move to it (rule 12).</summary>
    public const string SeatsPromisedTwice = nameof(SeatsPromisedTwice);

    /// <summary>Users were left on the source for want of seats while another target of the same source has free ones.</summary>
    public const string SeatsLeftEmpty = nameof(SeatsLeftEmpty);

    /// <summary>Users who could move were passed over, while others who cannot had been counted in their place (rule 23).</summary>
    public const string MovablePassedOver = nameof(MovablePassedOver);

    /// <summary>The refusal of one user's update kept the others from being moved.</summary>
    public const string OneRefusalStopsAll = nameof(OneRefusalStopsAll);

    /// <summary>A user found no seat although the seats bought for them were on their way: the move is to wait for them.</summary>
    public const string DidNotWait = nameof(DidNotWait);

    /// <summary>A request id was used again after a definite answer (docs/partner-center.md §2).</summary>
    public const string RequestIdKept = nameof(RequestIdKept);

    /// <summary>Something other than an error of ours came out.</summary>
    public const string RawException = nameof(RawException);

    /// <summary>A command sent requests without end, or waited for hours of virtual time.</summary>
    public const string Endless = nameof(Endless);

    /// <summary>
    /// The same command again, with nothing in its way, ended in an error that names no remedy, or that a later run will meet again
    /// although nothing is wrong any more.
    /// </summary>
    public const string AgainStuck = nameof(AgainStuck);

    /// <summary>The same command again, after one that completed everything, sent changes.</summary>
    public const string AgainWrites = nameof(AgainWrites);

    /// <summary>Discovery left a subscription out that expires, or listed one that does not (rule 1).</summary>
    public const string DiscoveryWrong = nameof(DiscoveryWrong);
}
