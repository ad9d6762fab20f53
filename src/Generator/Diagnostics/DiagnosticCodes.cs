namespace DuskStack.Diagnostics;

/// <summary>Every code that a diagnostic may carry. A code is never reused for another meaning.</summary>
public static class DiagnosticCodes
{
    // The text itself.
    public const string UnreadableText = "DS1001";
    public const string TextTooLarge = "DS1002";
    public const string InvalidYaml = "DS1003";
    public const string TooManyAliases = "DS1004";
    public const string DuplicateKey = "DS1005";
    public const string ExtendsFailed = "DS1006";

    // Its shape.
    public const string UnknownKey = "DS1101";
    public const string WrongType = "DS1102";
    public const string MissingKey = "DS1103";
    public const string KeysExclude = "DS1104";
    public const string KeyDoesNotApply = "DS1105";

    // Single values.
    public const string BadName = "DS1201";
    public const string BadValue = "DS1202";
    public const string UnknownChoice = "DS1203";
    public const string OutOfRange = "DS1204";
    public const string BadPath = "DS1205";
    public const string NotAvailable = "DS1206";

    // How values fit together.
    public const string UnknownNeed = "DS1301";
    public const string NeedsCycle = "DS1302";
    public const string PortClash = "DS1303";
    public const string RouteOverlap = "DS1304";
    public const string NotReachable = "DS1305";
    public const string MemoryBudget = "DS1306";
    public const string TooManyConnections = "DS1307";
    public const string NameClash = "DS1308";
    public const string EndOfLife = "DS1309";
    public const string PathClash = "DS1310";
    public const string StopTooShort = "DS1311";
    // DS1312 said that a section was not generated yet.
    public const string LockFile = "DS1313";
    public const string SecretInEnv = "DS1314";
    public const string CacheMemory = "DS1315";

    // The proxy.
    public const string NothingBehindProxy = "DS1320";
    public const string RouteWithoutPort = "DS1321";
    // Monitoring.
    public const string NoReceiver = "DS1330";
    public const string NothingToWatch = "DS1331";
    public const string PartNotThere = "DS1332";
    // Amazon ECS.
    public const string FargateSize = "DS1340";
    public const string EcsVolume = "DS1341";
    public const string EcsRange = "DS1342";
    public const string EcsTargetGroup = "DS1343";
    public const string EcsRole = "DS1344";
    public const string EcsHealthUnknown = "DS1345";

    // Commands that look after single files.
    public const string FileUnknown = "DS1440";
    public const string CommandDoesNotApply = "DS1441";
    public const string NothingToUndo = "DS1442";
    public const string ChangedSinceRun = "DS1443";
    public const string BaseReplaced = "DS1444";
    public const string OtherFilesNameIt = "DS1445";
    public const string MarkersLeft = "DS1446";
    public const string Drift = "DS1447";
    public const string EditedFile = "DS1448";
    public const string RunFailed = "DS1449";

    // Additions to the manifest.
    public const string NotEditable = "DS1450";
    public const string AlreadyOtherwise = "DS1451";
    public const string ServiceNotChosen = "DS1452";
    public const string AdditionInvalid = "DS1453";

    // The project on disk.
    public const string FileKept = "DS2001";
    public const string PathRefused = "DS2002";
    public const string StateBroken = "DS2003";
    public const string StateNewer = "DS2004";
    public const string StateLocked = "DS2005";
    public const string FileDeleted = "DS2006";
    public const string FileOrphaned = "DS2007";
    public const string FileChangedDuringRun = "DS2008";
    public const string DataAtRisk = "DS2009";
    public const string FileNotGenerated = "DS2010";
    public const string RunInterrupted = "DS2011";
    public const string ManifestMissing = "DS2012";
    public const string FileConflicted = "DS2013";
    public const string NewProjectOfOther = "DS2014";
}
