using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>Every exit code of the tool. They are part of its contract: scripts and CI decide by them.</summary>
public static class ExitCodes
{
    public const int Ok = 0;
    public const int Unexpected = 1;
    public const int Drift = 2;
    public const int Conflicts = 3;
    public const int Refused = 4;
    public const int StateBroken = 5;
    public const int Locked = 6;
    public const int StateNewer = 7;
    public const int VerificationFailed = 8;
    public const int Usage = 64;
    public const int Cancelled = 130;

    public static int Of(Outcome outcome) => outcome switch
    {
        Outcome.Clean => Ok,
        Outcome.Drift => Drift,
        Outcome.Conflicts => Conflicts,
        Outcome.Refused => Refused,
        Outcome.StateBroken => StateBroken,
        Outcome.Locked => Locked,
        Outcome.StateNewer => StateNewer,
        Outcome.Usage => Usage,
        _ => Unexpected,
    };
}
