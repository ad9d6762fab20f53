namespace DuskStack.Planning;

/// <summary>Stands in until planning arrives.</summary>
public static class ExplainText
{
    public static string Write(Plan plan) => plan + "\n";
}
